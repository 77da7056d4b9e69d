using Elman.Auto;
using Elman.Learners;
using Elman.Sequences;
using Elman.Training.Tasks;

namespace Elman.Tests.Auto;

/// <summary>Networks that are fitted once for each fold.</summary>
public static class FoldFitterTests
{
    private static readonly SequenceDataset _data = Waves.Create(60, seed: 1);

    private static readonly Candidate _candidate = new("rnn", (options, _) => options) { MostOfBudget = 0.2 };

    [Theory]
    [InlineData(60, 10)]
    [InlineData(3, 6)]
    [InlineData(199, 10)]
    [InlineData(200, 5)]
    [InlineData(2000, 5)]
    [InlineData(2001, 1)]
    public static void Few_sequences_are_divided_twice_and_of_many_one_part_is_held_out(int sequences, int runs)
    {
        var shape = new DataShape(SequenceTask.Classify, sequences, 20L * sequences, 20, 1, 2, IsForStreaming: false);
        Assert.Equal(runs, PlannedCandidate.FoldsOf(shape));
        SequenceDataset data = Waves.Create(sequences, seed: 1);
        IReadOnlyList<int[]> folds = new PlannedCandidate(_candidate, Waves.Quick, runs, 1).Folds(data, seed: 1);
        Assert.Equal(runs, folds.Count);
        int parts = Math.Min(5, sequences);
        foreach (int[][] division in folds.Chunk(parts).Where(division => division.Length == parts))
            Assert.Equal(Enumerable.Range(0, sequences), division.SelectMany(fold => fold).Order());
        if (sequences > parts)
            Assert.Equal(runs, folds.Select(fold => string.Join(',', fold)).Distinct().Count());
    }

    [Theory]
    [InlineData(60, 30, 1)]
    [InlineData(60, 24, 1)]
    [InlineData(60, 12, 2)]
    [InlineData(60, 1, 3)]
    [InlineData(120, 12, 3)]
    public static void A_fit_is_begun_again_as_often_as_the_share_of_the_budget_allows(double budget, double seconds, int starts) =>
        Assert.Equal(starts, new PlannedCandidate(_candidate, Waves.Quick, 5, seconds).StartsWithin(TimeSpan.FromSeconds(budget)));

    [Fact]
    public static void A_fit_that_learns_little_is_begun_again_and_the_lowest_training_loss_is_kept()
    {
        TrainingOptions options = Waves.Quick with { Epochs = 1, LearningRate = 1e-4 };
        int[] leftOut = [0, 1, 2, 3];
        double once = LossOf(options, 1, leftOut), thrice = LossOf(options, 3, leftOut);
        Assert.True(once > 0.5 * Math.Log(2));
        Assert.True(thrice < once);
    }

    [Fact]
    public static void A_fit_that_learns_well_is_not_begun_again()
    {
        TrainingOptions options = Waves.Quick with
        {
            Cell = "gru",
            Epochs = 40,
            LearningRate = 0.02,
            Model = Waves.Quick.Model with { Readout = Readout.Max },
        };
        Assert.Equal(LossOf(options, 1, [0, 1, 2, 3]), LossOf(options, 3, [0, 1, 2, 3]));
        Assert.True(LossOf(options, 1, [0, 1, 2, 3]) < 0.5 * Math.Log(2));
    }

    [Fact]
    public static void Each_sequence_is_answered_by_the_models_that_have_not_seen_it()
    {
        int[][] folds = StratifiedFolds.Draw(_data, 3, new SeededRandom(1));
        using CandidateFit fit = FoldFitter.Fit(_candidate, Waves.Quick, folds, 1, Set(), null, CancellationToken.None);
        Assert.Equal(3, fit.Models.Count);
        Assert.Equal(Enumerable.Range(0, 60), fit.Answers.Keys.Select(key => key.Sequence).Order());
    }

    [Fact]
    public static void Once_it_is_stopped_no_further_fold_is_fitted()
    {
        int[][] folds = StratifiedFolds.Draw(_data, 3, new SeededRandom(1));
        using var stop = new CancellationTokenSource();
        var heard = new Heard<TrainingProgress>(report =>
        {
            if (report.EpochEnded && report.Epoch == Waves.Quick.Epochs)
                stop.Cancel(); // the fit of the first fold is complete
        });
        using CandidateFit fit = FoldFitter.Fit(_candidate, Waves.Quick, folds, 1, Set(), heard, stop.Token);
        Assert.Single(fit.Models);
        Assert.Equal(folds[0].Order(), fit.Answers.Keys.Select(key => key.Sequence).Order());
        Assert.ThrowsAny<OperationCanceledException>(
            () => FoldFitter.Fit(_candidate, Waves.Quick, folds, 1, Set(), null, stop.Token)); // not even a first
    }

    private static double LossOf(TrainingOptions options, int starts, int[] leftOut)
    {
        using CandidateFit fit = FoldFitter.Fit(_candidate, options, [leftOut], starts, Set(), null, CancellationToken.None);
        return fit.Models[0].Summary!.TrainLoss;
    }

    private static TrainingSet Set() => new(SequenceTask.Classify, _data, null, SymbolTables.None, new SeededRandom(1));
}
