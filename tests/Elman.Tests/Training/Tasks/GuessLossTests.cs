using Elman.Losses;
using Elman.Training.Tasks;

namespace Elman.Tests.Training.Tasks;

public class GuessLossTests
{
    private static readonly TrainingOptions _options = new();

    [Fact]
    public void The_guess_loss_of_classes_is_the_entropy_of_their_shares()
    {
        SequenceDataset data = Labelled(0, 0, 0, 1);
        Assert.Equal(-(0.75 * Math.Log(0.75)) - (0.25 * Math.Log(0.25)), SequenceTask.Classify.GuessLossOf(data, _options)!.Value, 1e-12);
        Assert.Equal(Math.Log(2), SequenceTask.Classify.GuessLossOf(Labelled(0, 1), _options)!.Value, 1e-12);
    }

    [Fact]
    public void A_class_that_does_not_occur_counts_nothing() =>
        Assert.Equal(Math.Log(2),
            SequenceTask.Classify.GuessLossOf(new SequenceDataset(1, ["a", "b", "c"], Labelled(0, 1), "data"), _options)!.Value, 1e-12);

    [Fact]
    public void With_balanced_weights_every_class_has_the_same_share() =>
        Assert.Equal(Math.Log(2),
            SequenceTask.Classify.GuessLossOf(Labelled(0, 0, 0, 1), _options with { ClassWeights = ClassWeights.Balanced })!.Value, 1e-12);

    /// <summary>Compares with the loss of every constant prediction on a grid, as training computes it.</summary>
    [Theory]
    [InlineData(0, false)]
    [InlineData(0.1, false)]
    [InlineData(0, true)]
    [InlineData(0.3, true)]
    public void No_constant_answer_has_a_lower_loss(double smoothing, bool isWeighted)
    {
        int[] labels = [0, 0, 0, 1, 1, 2];
        ClassWeights weights = isWeighted ? ClassWeights.Of([new("a", 0.5), new("c", 4)]) : ClassWeights.None;
        double guess = SequenceTask.Classify.GuessLossOf(Labelled(labels), _options with
        {
            LabelSmoothing = smoothing,
            ClassWeights = weights,
        })!.Value;
        double lowest = double.PositiveInfinity;
        for (int i = 1; i < 200; i++)
        {
            for (int j = 1; i + j < 200; j++)
            {
                float[] scores = [.. Enumerable.Repeat((double[])[i / 200.0, j / 200.0, 1 - ((i + j) / 200.0)], labels.Length)
                    .SelectMany(row => row).Select(p => (float)Math.Log(p))];
                lowest = Math.Min(lowest,
                    CrossEntropy.Evaluate<float>(scores, labels, new float[scores.Length], isWeighted ? [0.5, 1, 4] : [], smoothing).Loss);
            }
        }
        Assert.InRange(guess, lowest - 1e-3, lowest + 1e-6);
    }

    [Fact]
    public void The_guess_loss_of_tags_is_the_entropy_over_labelled_steps()
    {
        SequenceDataset data = new(1, ["a", "b"], [new Sequence(new float[4], 1).WithStepLabels(new[] { 0, 0, -1, 1 }),
            new Sequence(new float[1], 1).WithStepLabels(new[] { 0 })], "tags");
        Assert.Equal(-(0.75 * Math.Log(0.75)) - (0.25 * Math.Log(0.25)), SequenceTask.Tag.GuessLossOf(data, _options)!.Value, 1e-12);
    }

    [Fact]
    public void The_guess_loss_of_several_classes_is_the_mean_of_their_binary_entropies()
    {
        SequenceDataset data = Targets(["a", "b"], [1, 0], [1, 1], [1, 0], [0, 0]);
        double h = -(0.75 * Math.Log(0.75)) - (0.25 * Math.Log(0.25));
        Assert.Equal(h, SequenceTask.ClassifyMany.GuessLossOf(data, _options)!.Value, 1e-12);
        Assert.Equal((h + Math.Log(2)) / 2,
            SequenceTask.ClassifyMany.GuessLossOf(Targets(["a", "b"], [1, 0], [1, 1], [1, 0], [0, 1]), _options)!.Value, 1e-12);
        double smooth = (0.9 * 0.75) + 0.05, side = 1 - smooth;
        Assert.Equal(-(smooth * Math.Log(smooth)) - (side * Math.Log(side)),
            SequenceTask.ClassifyMany.GuessLossOf(Targets(["a"], [1], [1], [1], [0]), _options with { LabelSmoothing = 0.1 })!.Value,
            1e-12);
    }

    [Fact]
    public void The_guess_loss_of_standardised_numbers_is_1_and_of_others_their_variance()
    {
        SequenceDataset data = Targets(["x", "y"], [1, 10], [3, 10], [float.NaN, 40]);
        Assert.Equal(1, SequenceTask.Regress.GuessLossOf(data, _options)!.Value, 1e-12);
        // 1 and 3 have distance 1 from 2; 10, 10 and 40 have squared distances 100, 100 and 400 from 20: 602 in 5 numbers.
        Assert.Equal(602.0 / 5,
            SequenceTask.Regress.GuessLossOf(data, _options with { Inputs = _options.Inputs with { Standardize = false } })!.Value, 1e-9);
        Assert.Equal(0.0625, SequenceTask.Regress.GuessLossOf(
            Targets(["x"], [0.5f], [1]), _options with { Inputs = _options.Inputs with { Standardize = false } })!.Value,
                1e-12); // however small
    }

    [Fact]
    public void The_guess_loss_of_forecasts_is_computed_from_the_values()
    {
        SequenceDataset data = new(2, [], [new Sequence(new float[] { 1, 5, 3, 5 }, 2)], "values");
        Assert.Equal(0.5, SequenceTask.Forecast.GuessLossOf(data, _options)!.Value, 1e-12); // the second channel is constant, and known
        Assert.Equal(0.5, SequenceTask.Forecast.GuessLossOf(
            data, _options with { Inputs = _options.Inputs with { Standardize = false } })!.Value, 1e-12);
    }

    [Fact]
    public void Where_a_guess_cannot_be_wrong_or_the_loss_is_another_there_is_none()
    {
        Assert.Null(SequenceTask.Classify.GuessLossOf(Labelled(0, 0), _options));
        Assert.Null(SequenceTask.Regress.GuessLossOf(Targets(["x"], [2], [2]), _options));
        Assert.Null(SequenceTask.Classify.GuessLossOf(Labelled(0, 1), _options with { Loss = Loss.Focal(2) }));
        Assert.Null(SequenceTask.ClassifyMany.GuessLossOf(Targets(["a"], [1], [0]), _options with { Loss = Loss.Focal(2) }));
        Assert.Null(SequenceTask.Regress.GuessLossOf(Targets(["x"], [2], [3]), _options with { Loss = Loss.MeanAbsolute }));
    }

    [Theory]
    [InlineData("rnn")]
    [InlineData("esn")]
    public void A_model_that_sees_nothing_has_not_learned_and_one_that_sees_has(string cell)
    {
        SequenceDataset blind = new(1, ["a", "b"], Enumerable.Range(0, 40).Select(i => new Sequence(new float[5], 1, i % 2)), "blind");
        using var classifier = new SequenceClassifier(new TrainingOptions { Cell = cell, Threads = 1, Model = new() { Layers = [8] } });
        TrainingSummary summary = classifier.Fit(blind);
        Assert.Equal(Math.Log(2), summary.GuessLoss!.Value, 1e-12);
        Assert.False(summary.HasLearned, $"{summary.TrainLoss}");
        Assert.True(classifier.Fit(Waves.Create(40, seed: 1)).HasLearned);
    }

    [Fact]
    public void Without_a_loss_or_a_guess_nothing_is_said()
    {
        var summary = new TrainingSummary { Epochs = 1, BestEpoch = 1, TrainLoss = 0.66, GuessLoss = 0.7, Sequences = 1, Seed = 1 };
        Assert.True(summary.HasLearned);
        Assert.False((summary with { TrainLoss = 0.67 }).HasLearned);
        Assert.Null((summary with { TrainLoss = double.NaN }).HasLearned);
        Assert.Null((summary with { GuessLoss = null }).HasLearned);
        Assert.False((summary with { LeftOut = new LeftOutResult(9, 0.7, null) }).HasLearned);
    }

    private static SequenceDataset Labelled(params int[] labels) =>
        new(1, [.. "abc".Take(labels.Max() + 1).Select(c => $"{c}")], labels.Select(label => new Sequence(new float[2], 1, label)), "data");

    private static SequenceDataset Targets(string[] names, params float[][] rows) =>
        new(1, [], rows.Select(row => new Sequence(new float[2], 1).WithTargets(row)), "data", names);
}
