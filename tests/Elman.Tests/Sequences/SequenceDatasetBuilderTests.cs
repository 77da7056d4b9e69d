namespace Elman.Tests.Sequences;

/// <summary>Data sets that are built in memory.</summary>
public static class SequenceDatasetBuilderTests
{
    [Fact]
    public static void Spans_arrays_and_steps_give_the_same_sequences()
    {
        SequenceDataset data = new SequenceDatasetBuilder("x", "y")
            .Add([1, 2, 3, 4], "b", id: "one", group: "g")
            .Add(new float[,] { { 1, 2 }, { 3, 4 } }, "a")
            .Add([[1, 2], [3, 4]], "b")
            .Add(Enumerable.Range(0, 2).Select(t => (float[])[(2 * t) + 1, (2 * t) + 2]))
            .Build("mine");
        Assert.Equal(("mine", 4, 2), (data.Name, data.Count, data.Channels));
        Assert.Equal(["x", "y"], data.ChannelNames);
        Assert.All(data, sequence => Assert.Equal([1, 2, 3, 4], sequence.Values.ToArray()));
        Assert.Equal(["b", "a"], data.ClassLabels);
        Assert.Equal([0, 1, 0, Sequence.NoLabel], data.Select(sequence => sequence.Label));
        Assert.Equal(("one", "g"), (data[0].Id, data[0].Group));
        Assert.Equal((null, null), (data[1].Id, data[1].Group));
    }

    [Fact]
    public static void Values_are_copied()
    {
        float[] values = [1, 2];
        SequenceDataset data = new SequenceDatasetBuilder(1).Add(values).Build();
        values[0] = 9;
        Assert.Equal([1, 2], data[0].Values.ToArray());
        Assert.Empty(data.ChannelNames);
    }

    [Fact]
    public static void Records_have_a_property_for_each_channel()
    {
        (double Ax, int Count)[] walk = [(0.5, 1), (0.25, 2)];
        SequenceDataset data = new SequenceDatasetBuilder<(double Ax, int Count)>()
            .Channel("ax", step => (float)step.Ax).Channel("count", step => step.Count)
            .Add(walk, "walk", id: "w").Add(walk.Take(1), "run")
            .Build();
        Assert.Equal(["ax", "count"], data.ChannelNames);
        Assert.Equal([[0.5f, 1, 0.25f, 2], [0.5f, 1]], data.Select(sequence => sequence.Values.ToArray()));
        Assert.Equal(["walk", "run"], data.ClassLabels);
        Assert.Equal("w", data[0].Id);
    }

    [Fact]
    public static void A_model_learns_from_them()
    {
        var builder = new SequenceDatasetBuilder("x");
        foreach (Sequence wave in Waves.Create(40, seed: 1))
            builder.Add(wave.Values.Span, Waves.Classes[wave.Label]);
        using var classifier = new SequenceClassifier(Waves.Quick);
        classifier.Fit(builder.Build());
        Assert.Equal(["x"], classifier.ChannelNames);
        Assert.Equal(Waves.Classes, classifier.Classes);
    }

    [Fact]
    public static void What_does_not_fit_is_refused()
    {
        var builder = new SequenceDatasetBuilder("x", "y");
        Assert.Contains("is not a multiple of the 2 channels",
            Message(() => builder.Add([1, 2, 3])),
            StringComparison.Ordinal);
        Assert.StartsWith("The array has 1 column; the data set has 2 channels.", Message(() => builder.Add(new float[,] { { 1 } })),
            StringComparison.Ordinal);
        Assert.StartsWith(
            "Step 2 has 1 value; the data set has 2 channels.", Message(() => builder.Add([[1, 2], [3]])), StringComparison.Ordinal);
        Assert.StartsWith(
            "The sequence has 1 channel", Message(() => builder.Add(new Sequence(new float[] { 1 }, 1))), StringComparison.Ordinal);
        Assert.Contains("empty", Message(() => builder.Add(ReadOnlySpan<float>.Empty)), StringComparison.Ordinal);
        Assert.StartsWith(
            "Two channels have the same name; names must be "
                + "different.", Message(() => Assert.NotNull(new SequenceDatasetBuilder("x", "x"))), StringComparison.Ordinal);
        Assert.StartsWith("A data set needs at least one "
            + "channel", Message(() => Assert.NotNull(new SequenceDatasetBuilder())), StringComparison.Ordinal);
        Assert.Equal(0, builder.Count);
        Assert.Throws<ArgumentOutOfRangeException>(() => new SequenceDatasetBuilder(0));
        var records = new SequenceDatasetBuilder<float>();
        Assert.Throws<InvalidOperationException>(() => records.Add([1f]));
        records.Channel("x", step => step);
        Assert.StartsWith("There is a channel 'x' already.", Message(() => records.Channel("x", step => step)), StringComparison.Ordinal);
        records.Add([1f]);
        Assert.Throws<InvalidOperationException>(() => records.Channel("y", step => step));
    }

    private static string Message(Action act) => Assert.ThrowsAny<ArgumentException>(act).Message;
}
