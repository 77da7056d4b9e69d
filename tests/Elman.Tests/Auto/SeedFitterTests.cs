using Elman.Auto;
using Elman.Learners;
using Elman.Sequences;
using Elman.Training.Tasks;

namespace Elman.Tests.Auto;

/// <summary>Reservoirs that are fitted one after the other.</summary>
public sealed class SeedFitterTests
{
    private static readonly TrainingOptions _options = new() { Cell = "esn", Model = new() { Layers = [10] }, Threads = 1 };

    private static readonly Candidate _candidate = new("esn", (options, _) => options);

    [Fact]
    public void Once_it_is_stopped_no_further_reservoir_is_fitted()
    {
        CountedReads all = Reads();
        Assert.Equal(3, Fitted(all, seeds: 3, CancellationToken.None));
        int readsOfOne = all.Reads.Count / 3;

        using var stop = new CancellationTokenSource();
        CountedReads stopped = Reads();
        stopped.AfterRead = reads =>
        {
            if (reads == readsOfOne)
                stop.Cancel();
        };
        Assert.Equal(1, Fitted(stopped, seeds: 3, stop.Token));
        Assert.ThrowsAny<OperationCanceledException>(() => Fitted(Reads(), seeds: 3, stop.Token)); // not even a first
    }

    private static CountedReads Reads() => new([.. Waves.Create(20, seed: 1)]);

    private static int Fitted(CountedReads reads, int seeds, CancellationToken token)
    {
        var set = new TrainingSet(SequenceTask.Classify, SequenceDataset.Over(1, Waves.Classes, reads), null, SymbolTables.None,
            new SeededRandom(1));
        using CandidateFit fit = SeedFitter.Fit(_candidate, _options, seeds, set, token);
        return fit.Models.Count;
    }
}
