using Elman.Tests.Cells;

namespace Elman.Tests;

public sealed class SequenceClassifierRefusalTests : IDisposable
{
    private readonly SequenceClassifier _fitted = Waves.Fitted(channels: 2);

    [Theory]
    [InlineData(float.NaN, "NaN")]
    [InlineData(float.PositiveInfinity, "Infinity")]
    [InlineData(float.NegativeInfinity, "-Infinity")]
    public void A_value_that_is_not_finite_is_refused_with_its_position(float bad, string text)
    {
        SequenceDataset good = Waves.Create(4, seed: 1, channels: 2);
        float[] values = [.. good[2].Values.Span];
        values[(6 * 2) + 1] = bad;
        var data = new SequenceDataset(2, Waves.Classes, [good[0], good[1], new(values, 2, 0), good[3]], "file.ts");
        string place = $"Sequence 3 of 'file.ts' has the value {text} in step 7, channel 2";
        using var classifier = new SequenceClassifier(Waves.Quick);
        AssertRefused("data", place, () => classifier.Fit(data));
        AssertRefused("validation", place, () => classifier.Fit(good, data));
        AssertRefused("data", place, () => _fitted.Predict(data));
        AssertRefused("data", place, () => _fitted.PredictProbabilities(data));
        AssertRefused("data", place, () => _fitted.Evaluate(data));
        Assert.Contains(
            "step 7, channel 2", Assert.Throws<ArgumentException>(() => _fitted.Predict(data[2])).Message, StringComparison.Ordinal);
    }

    public static TheoryData<string, Readout, int> Normalizing => new(
        from cell in (string[])["rnn", "gru", "lstm", "lru"]
        from readout in (Readout[])[Readout.Last, Readout.Mean, Readout.Max, Readout.Attention]
        from layers in (int[])[1, 2]
        select (cell, readout, layers));

    [Theory]
    [MemberData(nameof(Normalizing))]
    public void A_sequence_whose_squares_overflow_in_a_normalisation_is_refused_instead_of_answered_like_any_other(
        string cell, Readout readout, int layers)
    {
        using SequenceClassifier classifier = Waves.Fitted(Waves.Quick with
        {
            Cell = CellOptions.FromString(cell).Set(nameof(LstmOptions.LayerNorm), true),
            Model = Waves.Quick.Model with { Readout = readout, Layers = [.. Enumerable.Repeat(8, layers)] },
            Inputs = Waves.Quick.Inputs with { Standardize = false },
            Epochs = 1,
        });
        SequenceDataset good = Waves.Create(3, seed: 2);
        float[] values = [.. good[1].Values.Span];
        values[^1] = 1e25f;
        var data = new SequenceDataset(1, Waves.Classes, [good[0], new(values, 1, 1), good[2]], "file.ts");
        string refusal = "Sequence 2 of 'file.ts' has values so large that the model can't compute with them";
        AssertRefused("data", refusal, () => classifier.Predict(data));
        AssertRefused("data", refusal, () => classifier.Evaluate(data));
        Assert.Throws<TrainingDivergedException>(() => classifier.Fit(data));
    }

    [Fact]
    public void Data_without_a_sequence_are_refused()
    {
        var none = new SequenceDataset(2, Waves.Classes, [], "file.ts");
        AssertRefused("data", "'file.ts' hold no sequence", () => _fitted.Fit(none));
        AssertRefused("validation", "'file.ts' holds no sequence",
            () => _fitted.Fit(Waves.Create(4, seed: 1), new SequenceDataset(1, Waves.Classes, [], "file.ts")));
        AssertRefused("data", "'file.ts' holds no sequence", () => _fitted.Evaluate(none));
    }

    [Fact]
    public void A_single_class_is_refused_by_name()
    {
        SequenceDataset data = Waves.Create(8, seed: 1);
        AssertRefused("data", "only the class 'sine'", () => _fitted.Fit(data.Subset([1, 3, 5])));
    }

    [Fact]
    public void A_sequence_without_a_label_is_refused_by_its_number()
    {
        SequenceDataset data = Waves.Create(4, seed: 1, channels: 2);
        var unlabelled = new SequenceDataset(2, Waves.Classes, [data[0], data[1].WithLabel(Sequence.NoLabel)], "file.ts");
        AssertRefused("data", "Sequence 2 of 'file.ts' has no label", () => _fitted.Fit(unlabelled));
        AssertRefused("validation", "Sequence 2 of 'file.ts' has no label", () => _fitted.Fit(data, unlabelled));
        AssertRefused("data", "Sequence 2 of 'file.ts' has no label", () => _fitted.Evaluate(unlabelled));
    }

    [Fact]
    public void A_label_the_model_does_not_know_is_refused_by_name()
    {
        SequenceDataset data = Waves.Create(4, seed: 1, channels: 2);
        var other = new SequenceDataset(2, ["noise", "square"], data, "file.ts");
        AssertRefused("validation", "Sequence 2 of 'file.ts' has the label 'square'", () => _fitted.Fit(data, other));
        AssertRefused("data", "its classes are noise, sine", () => _fitted.Evaluate(other));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Another_number_of_channels_is_refused(int channels)
    {
        SequenceDataset data = Waves.Create(4, seed: 1, channels: channels);
        string refusal = $"{channels} channel{(channels == 1 ? "" : "s")}; the model takes 2";
        AssertRefused("data", refusal, () => _fitted.Predict(data));
        AssertRefused("data", refusal, () => _fitted.PredictProbabilities(data));
        AssertRefused("data", refusal, () => _fitted.Evaluate(data));
        AssertRefused("validation", "; the model takes 2", () => _fitted.Fit(Waves.Create(4, seed: 1, channels: 2), data));
    }

    [Theory]
    [InlineData(1, "The sequence has 1 channel; the model takes 2.")]
    [InlineData(3, "The sequence has 3 channels; the model takes 2.")]
    public void A_single_sequence_of_other_channels_is_refused_as_such(int channels, string says)
    {
        Sequence sequence = Waves.Create(1, seed: 1, channels: channels)[0];
        AssertRefused("sequence", says, () => _fitted.Predict(sequence));
        AssertRefused("sequence", says, () => _fitted.PredictProbabilities(sequence));
    }

    [Fact]
    public void Classes_of_one_sequence_leave_nothing_to_hold_out()
    {
        using var classifier = new SequenceClassifier(Waves.Quick with { Validation = 0.9 });
        AssertRefused("data", "No class has two sequences", () => classifier.Fit(Waves.Create(2, seed: 1)));
    }

    [Fact]
    public void What_is_missing_is_refused()
    {
        Assert.Throws<ArgumentNullException>("data", () => _fitted.Fit(null!));
        Assert.Throws<ArgumentNullException>("data", () => _fitted.Predict((SequenceDataset)null!));
        Assert.Throws<ArgumentNullException>("data", () => _fitted.Evaluate(null!));
        Assert.ThrowsAny<ArgumentException>(() => _fitted.Predict(default(Sequence)));
    }

    [Fact]
    public void After_a_refusal_it_knows_what_it_knew()
    {
        SequenceDataset data = Waves.Create(6, seed: 3, channels: 2);
        string[] before = _fitted.Predict(data);
        Assert.Throws<ArgumentException>(() => _fitted.Fit(data.Subset([0, 2])));
        Assert.Equal(before, _fitted.Predict(data));
    }

    public void Dispose() => _fitted.Dispose();

    private static void AssertRefused(string parameter, string reason, Action call) =>
        Assert.Contains(reason, Assert.Throws<ArgumentException>(parameter, call).Message, StringComparison.Ordinal);
}
