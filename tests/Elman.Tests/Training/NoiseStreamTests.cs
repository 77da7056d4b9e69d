using Elman.Fitted;
using Elman.Learners;
using Elman.Sequences;
using Elman.Training.Tasks;

namespace Elman.Tests.Training;

/// <summary>Dropout has random numbers separate from those of the initial weights and of the order of the data.</summary>
public sealed class NoiseStreamTests
{
    private static readonly TrainingOptions _options = Waves.Quick with { Batch = 5, Epochs = 4 };

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(-1)]
    [InlineData(int.MaxValue)]
    [InlineData(int.MinValue)]
    public void No_number_of_the_noise_is_one_of_those_that_draw_weights_and_order(int seed)
    {
        const int Count = 10_000;
        SeededRandom noise = TrainingState.NoiseOf(_options with { Seed = seed }), other = new(seed);
        HashSet<ulong> drawn = [.. Enumerable.Range(0, Count).Select(_ => other.NextUInt64())];
        Assert.Equal(Count, drawn.Count);
        Assert.DoesNotContain(Enumerable.Range(0, Count).Select(_ => noise.NextUInt64()), drawn.Contains);
    }

    [Fact]
    public void Dropout_does_not_change_the_order_of_the_data()
    {
        Assert.Equal(OrderOfFit(_options), OrderOfFit(_options with
        {
            Dropout = 0.5,
            RecurrentDropout = 0.25,
            Model = _options.Model with { Zoneout = 0.1 },
        }));
        Assert.NotEqual(OrderOfFit(_options), OrderOfFit(_options with { Seed = 2 }));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.5)]
    public void Each_epoch_shuffles_the_data_further_with_the_numbers_that_follow_those_of_the_weights(double dropout)
    {
        TrainingOptions options = _options with { Batch = 1, Epochs = 3, Dropout = dropout };
        CountedReads reads = Reads();
        TrainingSet set = Set(reads, options), same = Set(reads, options);
        FittedModel start = set.Begin(options, CancellationToken.None);
        same.Begin(options, CancellationToken.None).Model.Dispose();
        int[] order = [.. Enumerable.Range(0, reads.Count)];
        List<int> expected = [];
        for (int epoch = 0; epoch < options.Epochs; epoch++)
        {
            same.Random.Shuffle(order.AsSpan());
            expected.AddRange(order);
        }
        using var run = new GradientRun(start, options, set, progress: null);
        reads.Reads.Clear();
        run.Run(CancellationToken.None);
        Assert.Equal(expected, reads.Reads.Take(2 * expected.Count).Where((_, i) => i % 2 == 0)); // read for its length, and for its values
        start.Model.Dispose();
    }

    [Fact]
    public void Dropout_does_not_change_the_order_of_data_that_come_in_later()
    {
        Assert.Equal(OrderOfPartialFits(_options), OrderOfPartialFits(_options with { Dropout = 0.5, RecurrentDropout = 0.25 }));
        Assert.NotEqual(OrderOfPartialFits(_options), OrderOfPartialFits(_options with { Seed = 2 }));
    }

    private static List<int> OrderOfFit(TrainingOptions options)
    {
        using var classifier = new SequenceClassifier(options);
        CountedReads reads = Reads();
        classifier.Fit(Data(reads));
        return reads.Reads;
    }

    private static List<int> OrderOfPartialFits(TrainingOptions options)
    {
        CountedReads reads = Reads();
        TrainingSet set = Set(reads, options);
        FittedModel known = set.Begin(options, CancellationToken.None);
        using var training = new FurtherTraining(known, options);
        for (int i = 0; i < 3; i++)
            training.Run(set.Data);
        known.Model.Dispose();
        return reads.Reads;
    }

    private static TrainingSet Set(CountedReads reads, TrainingOptions options) =>
        new(new ClassifyTask(), Data(reads), null, SymbolTables.None, new SeededRandom(options.Seed));

    private static CountedReads Reads() => new([.. Waves.Create(24, seed: 1)]);

    private static SequenceDataset Data(CountedReads reads) => SequenceDataset.Over(1, Waves.Classes, reads);
}
