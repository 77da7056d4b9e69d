using Elman.Tests.Recurrent;

namespace Elman.Tests;

/// <summary>Every cell, with every combination of its options, in the same classifier.</summary>
public class SequenceClassifierCellTests
{
    public static TheoryData<string> Variants => [.. CellVariants.Names];

    /// <summary>
    /// The variants that detect how a step differs from the previous one, which is impossible if gates depend only on the input: every cell
    /// without options, and variants that do not learn the marks below.
    /// </summary>
    public static TheoryData<string> VariantsThatSeeChange =>
        [.. CellVariants.WithRecurrentWeights.Where(variant => !variant.Contains(' ') || !Forgets(variant))];

    [Theory]
    [MemberData(nameof(VariantsThatSeeChange))]
    public void Every_cell_learns_to_distinguish_sines_from_noise(string variant) =>
        AssertLearned(variant, Waves.Create(80, seed: 1, ragged: true), Waves.Create(100, seed: 2, ragged: true));

    /// <summary>
    /// The variants whose last output distinguishes old steps from recent ones. Delay lines and sums weight both equally, so they are
    /// excluded.
    /// </summary>
    public static TheoryData<string> VariantsThatForget =>
        [.. CellVariants.Names.Where(Forgets)];

    private static bool Forgets(string variant) => CellVariants.HasGradient(variant) && variant != "sum";

    [Theory]
    [MemberData(nameof(VariantsThatForget))]
    public void Cells_learn_which_mark_came_last(string variant) =>
        AssertLearned(variant, Marks.Create(80, seed: 1), Marks.Create(100, seed: 2));

    private static void AssertLearned(string variant, SequenceDataset training, SequenceDataset test)
    {
        TrainingOptions options = CellVariants.Trained(
            CellVariants.Options(variant) with
            {
                Model = new() { Layers = [16] },
                Epochs = 30,
                Batch = 8,
                Threads = 1,
                LearningRate = 0.02,
            });
        if (options.Cell is LstmOptions { GateClip: < double.PositiveInfinity } clipped)
            options = options with { Cell = clipped with { GateClip = 4 } }; // one that leaves the gates room
        if (options.Cell is LstmOptions { Projection: > 0 } projected)
            options = options with { Cell = projected with { Projection = 8 } }; // one that leaves the output room
        if (options.IsReservoir)
            options = options with { Model = options.Model with { Layers = [64] } }; // units that do not learn: it takes more of them
        using var classifier = new SequenceClassifier(options);
        classifier.Fit(training);
        double accuracy = classifier.Evaluate(test).Accuracy;
        Assert.True(accuracy > 0.9, FormattableString.Invariant($"{accuracy}"));
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void The_number_of_threads_changes_no_bit(string variant)
    {
        TrainingOptions options = CellVariants.Trained(CellVariants.Options(variant) with { Model = new() { Layers = [40] }, Epochs = 2 });
        using SequenceClassifier one = Waves.Fitted(options with { Threads = 1 }), three = Waves.Fitted(options with { Threads = 3 });
        SequenceDataset data = Waves.Create(20, seed: 3, ragged: true);
        Assert.Equal(one.PredictProbabilities(data), three.PredictProbabilities(data));
    }

    [Fact]
    public void Every_option_of_a_cell_makes_another_classifier()
    {
        SequenceDataset data = Waves.Create(10, seed: 3);
        var answers = CellVariants.Names.ToDictionary(name => name, name =>
        {
            using SequenceClassifier classifier = Waves.Fitted(
                CellVariants.Trained(CellVariants.Options(name) with { Model = new() { Layers = [8] }, Epochs = 2, Threads = 1 }));
            return string.Join(' ', classifier.PredictProbabilities(data).ToArray());
        });
        Assert.Equal(answers.Count, answers.Values.Distinct().Count());
    }

    [Theory]
    [InlineData("rnn", 1, 1, 0)]
    [InlineData("gru", 3, 4, 0)]
    [InlineData("gru GruReset", 3, 3, 0)]
    [InlineData("lstm", 4, 4, 0)]
    [InlineData("lstm Peepholes", 4, 4, 3)]
    [InlineData("lstm CoupledGates", 3, 3, 0)]
    [InlineData("lstm Peepholes CoupledGates", 3, 3, 2)]
    public void The_parameters_are_those_of_its_gates(string variant, int gates, int biases, int peepholes)
    {
        using SequenceClassifier classifier = Waves.Fitted(CellVariants.Options(variant) with
        {
            Model = new() { Layers = [5] },
            Epochs = 1,
        }, channels: 2);
        Assert.Equal(((2 + 5) * gates * 5) + (biases * 5) + (peepholes * 5) + ((5 + 1) * 2), classifier.ParameterCount);
    }

    [Theory]
    [InlineData("mingru", 2)]
    [InlineData("minlstm", 3)]
    public void Gates_that_see_the_input_alone_have_no_recurrent_weights(string variant, int gates)
    {
        using SequenceClassifier classifier = Waves.Fitted(CellVariants.Options(variant) with
        {
            Model = new() { Layers = [5] },
            Epochs = 1,
        }, channels: 2);
        Assert.Equal(((2 + 1) * gates * 5) + ((5 + 1) * 2), classifier.ParameterCount);
    }
}
