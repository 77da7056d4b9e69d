using Elman.Tests.Kernels;

namespace Elman.Tests;

/// <summary>Estimators whose data have a channel of symbols.</summary>
public sealed class EmbeddingTests
{
    public static TheoryData<string, MissingValues> TasksAndDirections =>
        new MatrixTheoryData<string, MissingValues>(
            Gaps.Tasks.Except(["forecast"]), [MissingValues.Refuse, MissingValues.Mask, MissingValues.Last]);

    [Theory]
    [MemberData(nameof(TasksAndDirections))]
    public void A_sequence_gets_the_same_bits_among_others_alone_and_step_by_step(string task, MissingValues way)
    {
        SequenceDataset data = Codes.Create(task, 16, seed: 1, gaps: way == MissingValues.Refuse ? 0 : 0.2);
        using SequenceEstimator estimator = Gaps.Fitted(
            task, Codes.Quick with
            {
                Cell = "lstm",
                Model = Codes.Quick.Model with { Layers = [7, 5] },
                Inputs = Codes.Quick.Inputs with { Missing = way, Embed = [new(1, 3)] },
            }, data);
        SequenceSession[] sessions = [.. data.Select(_ => estimator.OpenSession())];
        for (int t = 0; t < data.MaxSteps; t++)
        {
            int[] some = [.. Enumerable.Range(0, data.Count).Where(i => t < data[i].Steps)];
            estimator.StepMany(
                some.Select(i => sessions[i]).ToArray(), some.SelectMany(i => data[i].Values.Slice(2 * t, 2).ToArray()).ToArray());
        }
        using SequenceSession single = estimator.OpenSession();
        for (int i = 0; i < data.Count; i++)
        {
            single.Reset();
            for (int t = 0; t < data[i].Steps; t++)
                single.Step(data[i].Values.Span.Slice(2 * t, 2));
            float[] alone = Gaps.Answer(estimator, data[i]);
            SameBits.Assert<float>(alone, single.Answer);
            SameBits.Assert<float>(alone, sessions[i].Answer);
            sessions[i].Dispose();
        }
        if (estimator is SequenceClassifier classifier)
            SameBits.Assert<float>(
                [.. data.SelectMany(sequence => Gaps.Answer(estimator, sequence))], [.. classifier.PredictProbabilities(data)]);
    }

    [Theory]
    [InlineData("classify", 0)]
    [InlineData("tag", 0)]
    [InlineData("tag", 5)]
    public void Threads_leave_no_trace(string task, int truncate)
    {
        SequenceDataset data = Codes.Create(task, 24, seed: 1);
        TrainingOptions options = Codes.Quick with
        {
            Model = Codes.Quick.Model with { Layers = [40] },
            Batch = 24,
            Truncate = truncate,
            Inputs = Codes.Quick.Inputs with { Embed = [new(1, 48)] },
        };
        using SequenceEstimator one = Gaps.Fitted(task, options, data), three = Gaps.Fitted(task, options with { Threads = 3 }, data);
        Assert.Equal(one.Summary!.TrainLoss, three.Summary!.TrainLoss);
        foreach (Sequence sequence in data)
            SameBits.Assert<float>(Gaps.Answer(one, sequence), Gaps.Answer(three, sequence));
    }

    [Fact]
    public void Symbols_are_not_standardised_and_numbers_are()
    {
        using var classifier = (SequenceClassifier)Gaps.Fitted("classify", Codes.Quick, Codes.Create("classify", 16, seed: 1));
        Assert.Equal((0, 1), (classifier.Standardization!.Means[0], classifier.Standardization.Deviations[0]));
        Assert.NotEqual((0, 1), (classifier.Standardization.Means[1], classifier.Standardization.Deviations[1]));
    }

    [Fact]
    public void The_parts_of_a_model_begin_with_its_tables()
    {
        using SequenceEstimator estimator = Gaps.Fitted("classify", Codes.Quick, Codes.Create("classify", 16, seed: 1));
        Assert.Equal(new LayerInfo("embedding.1", "embedding", 1, 3, true, true, 21) { Symbols = 7 }, estimator.Layers[0]);
        Assert.Equal(4, estimator.Layers[1].Inputs);
        Assert.Equal(estimator.ParameterCount, estimator.Layers.Sum(layer => layer.Parameters));
    }

    [Fact]
    public void A_single_symbol_and_no_number_are_enough()
    {
        var data = new SequenceDataset(
            1, ["short", "long"], Enumerable.Range(0, 8).Select(i => new Sequence(new float[1 + i % 2], 1, i % 2)), "zeros");
        using var classifier = new SequenceClassifier(
            Waves.Quick with { Inputs = Waves.Quick.Inputs with { Embed = Embeddings.Parse("2") } });
        classifier.Fit(data, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(1, classifier.Layers[0].Symbols);
        Assert.Contains("is 1; the model supports the symbol 0 alone.",
            Assert.Throws<ArgumentException>(() => classifier.Predict(new Sequence(new float[] { 0, 1 }, 1))).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-1, "-1")]
    [InlineData(1.5f, "1.5")]
    [InlineData(7, "7")]
    [InlineData(1e9f, "1E+09")]
    public void A_value_that_is_not_a_symbol_of_the_model_is_refused_with_its_position(float stranger, string said)
    {
        SequenceDataset data = Codes.Create("classify", 16, seed: 1);
        using var classifier = (SequenceClassifier)Gaps.Fitted("classify", Codes.Quick, data);
        classifier.Predict(Codes.Of(0, 6));
        string refusal = $"is {said}; the model supports the symbols 0 … 6.";
        var asked = new SequenceDataset(2, data.ClassLabels, [Codes.Of(0).WithLabel(0), Codes.Of(6, 5, stranger).WithLabel(1)], "asked");
        string there = $"Channel 1 of step 3 of sequence 2 of 'asked' {refusal}";
        Refuses(there, () => classifier.Predict(asked));
        Refuses(there, () => classifier.Evaluate(asked));
        Refuses(there, () => classifier.PartialFit(asked));
        Refuses(there, () => classifier.Fit(data, asked));
        using SequenceSession session = classifier.OpenSession();
        session.Step([6, 0]);
        Refuses($"Channel 1 of step 2 {refusal}", () => session.Step([stranger, 0]));
        Refuses($"Channel 1 of step 2 {refusal}", () => classifier.StepMany([session], [stranger, 0]));
        Assert.Equal(1, session.Steps);
    }

    [Theory]
    [InlineData(-1, "is -1; Embed takes whole numbers from 0 to 1048575.")]
    [InlineData(1.5f, "is 1.5; Embed takes whole numbers from 0 to 1048575.")]
    [InlineData(1e9f, "is 1E+09; Embed takes whole numbers from 0 to 1048575.")]
    [InlineData(1048576, "is 1048576; Embed takes whole numbers from 0 to 1048575.")]
    public void Training_data_hold_symbols_where_they_are_to(float stranger, string refusal)
    {
        var data = new SequenceDataset(2, ["a", "b"], [Codes.Of(0).WithLabel(0), Codes.Of(6, stranger).WithLabel(1)], "codes");
        using var classifier = new SequenceClassifier(Codes.Quick);
        Refuses($"Channel 1 of step 2 of sequence 2 of 'codes' {refusal}", () => classifier.Fit(data));
        Refuses($"Channel 1 of step 2 of sequence 2 of 'codes' {refusal}", () => classifier.PartialFit(data));
        Assert.False(classifier.IsFitted);
    }

    [Fact]
    public void A_missing_symbol_is_refused_unless_there_is_a_way_and_one_before_it()
    {
        SequenceDataset data = Codes.Create("classify", 16, seed: 1);
        using var refusing = (SequenceClassifier)Gaps.Fitted("classify", Codes.Quick, data);
        Assert.Contains(
            "NaN", Assert.Throws<ArgumentException>(() => refusing.Predict(Codes.Of(1, float.NaN))).Message, StringComparison.Ordinal);

        using var last = (SequenceClassifier)Gaps.Fitted(
            "classify", Codes.Quick with { Inputs = Codes.Quick.Inputs with { Missing = MissingValues.Last, Standardize = false } }, data);
        SameBits.Assert<float>(last.PredictProbabilities(Codes.Of(3, 3, 3)), last.PredictProbabilities(Codes.Of(3, float.NaN, float.NaN)));
        const string Refusal = "is missing, and the sequence has no earlier value to replace it.";
        Refuses($"Channel 1 of step 1 of sequence 1 of 'the sequence' {Refusal}", () => last.Predict(Codes.Of(float.NaN, 3)));
        using SequenceSession session = last.OpenSession();
        Refuses($"Channel 1 of step 1 {Refusal}", () => session.Step([float.NaN, 0]));
        session.Step([3, 0]);
        session.Step([float.NaN, 0]);
        session.Reset();
        Refuses($"Channel 1 of step 1 {Refusal}", () => session.Step([float.NaN, 0]));
    }

    [Fact]
    public void A_symbol_of_a_step_that_is_skipped_is_not_looked_at()
    {
        SequenceDataset data = Codes.Create("classify", 16, seed: 1);
        var withGap = new SequenceDataset(
            2, data.ClassLabels, data.Append(new Sequence(new float[] { 1, 0, 99, float.NaN }, 2, 0)), "codes");
        using var classifier = (SequenceClassifier)Gaps.Fitted(
            "classify", Codes.Quick with { Inputs = Codes.Quick.Inputs with { Missing = MissingValues.Mask } }, withGap);
        Assert.Equal(7, classifier.Layers[0].Symbols);
        SameBits.Assert<float>(classifier.PredictProbabilities(Codes.Of(1)), classifier.PredictProbabilities(withGap[16]));
    }

    [Fact]
    public void The_channel_must_be_there_and_named_where_there_are_several()
    {
        SequenceDataset data = Codes.Create("classify", 16, seed: 1);
        using SequenceClassifier third = new(Codes.Quick with { Inputs = Codes.Quick.Inputs with { Embed = [new(3, 4)] } }),
            some = new(Codes.Quick with { Inputs = Codes.Quick.Inputs with { Embed = [new(null, 4)] } });
        Refuses("Embed names channel 3; 'codes' has 2.", () => third.Fit(data));
        Refuses("Embed is 4 and names no channel, but 'codes' has 2; write channel and size, such as 1:4.", () => some.Fit(data));
    }

    private static void Refuses(string sentence, Action action) =>
        Assert.StartsWith(sentence, Assert.Throws<ArgumentException>(action).Message, StringComparison.Ordinal);
}
