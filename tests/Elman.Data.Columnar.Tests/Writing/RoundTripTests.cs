using CsCheck;

namespace Elman.Data.Columnar.Tests.Writing;

/// <summary>Written files are read back bit for bit, in each format and from each format to each other.</summary>
public sealed class RoundTripTests : IDisposable
{
    // All bit patterns except those of infinities, and of NaNs only the one that is read.
    private static readonly Gen<float> _floats = Gen.Frequency(
        (8, Gen.UInt.Select(BitConverter.UInt32BitsToSingle).Where(float.IsFinite)), (1, Gen.Const(float.NaN)), (1, Gen.Const(-0f)));

    private readonly string _folder = Directory.CreateTempSubdirectory("elman").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private SequenceDataset Through(SequenceDataset data, string format, DataFileOptions? options = null)
    {
        string path = Path.Combine(_folder, Path.GetRandomFileName() + format);
        DataFile.Write(path, data);
        return DataFile.Read(path, options, cancellationToken: TestContext.Current.CancellationToken);
    }

    private static void AssertSame(SequenceDataset expected, SequenceDataset actual)
    {
        Assert.Equal((expected.Count, expected.Channels), (actual.Count, actual.Channels));
        Assert.Equal(expected.ClassLabels, actual.ClassLabels);
        Assert.Equal(expected.TargetNames, actual.TargetNames);
        for (int i = 0; i < expected.Count; i++)
        {
            Assert.Equal(Bits(expected[i].Values), Bits(actual[i].Values));
            Assert.Equal(Bits(expected[i].Targets), Bits(actual[i].Targets));
            Assert.Equal((expected[i].Label, expected[i].Id, expected[i].Group), (actual[i].Label, actual[i].Id, actual[i].Group));
            Assert.Equal(expected[i].StepLabels.ToArray(), actual[i].StepLabels.ToArray());
        }
    }

    private static IEnumerable<uint> Bits(ReadOnlyMemory<float> values) => values.ToArray().Select(BitConverter.SingleToUInt32Bits);

    [Theory]
    [InlineData(".parquet")]
    [InlineData(".arrow")]
    [InlineData(".feather")]
    public void Every_bit_of_a_value_is_kept(string format) => Gen.Select(Gen.Int[1, 3], Gen.Int[1, 4].Array[5], _floats.Array[60]).Sample(
        (channels, steps, values) =>
        {
            var data = new SequenceDataset(channels, ["a", "b", "größe 2"], steps.Select((count, i) =>
                new Sequence(values.AsMemory(i * 12, count * channels), channels, i % 3) { Id = $"{i}", Group = i > 2 ? "g" : null }));
            AssertSame(data, Through(data, format));
            AssertSame(data, Through(Through(data, format), format == ".parquet" ? ".arrow" : ".parquet"));
        }, iter: 30);

    [Theory]
    [InlineData(".parquet")]
    [InlineData(".arrow")]
    [InlineData(".feather")]
    public void Offsets_are_added_again_and_found_again(string format)
    {
        var data = new SequenceDataset(2, [], [.. Enumerable.Range(0, 3).Select(i =>
            new Sequence(new[] { 0.1f, 7, 0, 8, 0.3f + i, float.NaN, float.NaN, 1 }, 2)
                .WithTargets(new[] { 0.25f * i, i }))], "data", ["seconds", "size"])
        {
            ChannelNames = ["north", "x"],
            Offsets = new ValueOffsets([5800000, 0], new Dictionary<string, double> { ["seconds"] = 1700000000000 }),
        };
        SequenceDataset read = Through(data, format, new() { Labels = LabelKind.Numbers, LabelColumn = "seconds,size" });
        AssertSame(data, read);
        Assert.Equal([5800000, 0], read.Offsets.Channels);
        Assert.Equal([new("seconds", 1700000000000)], read.Offsets.Targets);
    }

    [Theory]
    [InlineData(".parquet")]
    [InlineData(".arrow")]
    public void Labels_of_every_kind_are_kept(string format)
    {
        var steps = new SequenceDataset(1, ["a", "b"], [
            new Sequence(new float[3], 1).WithStepLabels(new[] { 1, -1, 0 }), new Sequence(new float[2], 1).WithStepLabels(new[] { 0, 0 }),
            new Sequence(new float[1], 1).WithStepLabels(new[] { -1 })]);
        AssertSame(steps, Through(steps, format, new() { Labels = LabelKind.Steps }));
        var sets = new SequenceDataset(1, ["a", "b"], [
            new Sequence(new float[2], 1).WithTargets(new[] { 1f, 1 }), new Sequence(new float[2], 1).WithTargets(new[] { 0f, 0 }),
            new Sequence(new float[2], 1).WithTargets(new[] { float.NaN, float.NaN })]);
        AssertSame(sets, Through(sets, format, new() { Labels = LabelKind.Classes }));
        var numbers = new SequenceDataset(1, [], [
            new Sequence(new float[2], 1).WithTargets(new[] { -0f, float.NaN }),
                new Sequence(new float[2], 1).WithTargets(new[] { 1e-45f, 7 })],
            targetNames: ["size", "weight (kg)"]);
        AssertSame(numbers, Through(numbers, format, new() { Labels = LabelKind.Numbers, LabelColumn = "size,weight (kg)" }));
        Assert.Contains("--label-column size,weight (kg)", DataFile.Write(Path.Combine(_folder, "n" + format), numbers)[^1],
            StringComparison.Ordinal);
        var unlabelled = new SequenceDataset(1, ["a"], [new Sequence(new float[2], 1), new Sequence(new float[2], 1, 0)]);
        AssertSame(unlabelled, Through(unlabelled, format));
    }

    [Theory]
    [InlineData(".parquet")]
    [InlineData(".arrow")]
    public void Names_are_kept_and_those_that_mean_something_else_are_refused(string format)
    {
        SequenceDataset Named(string first) => new(2, [], [new Sequence(new float[4], 2)]) { ChannelNames = [first, "series_id"] };
        Assert.Equal(["y", "series_id"], Through(Named("y"), format).ChannelNames);
        foreach (string name in (string[])["time", "Label", ""])
            Assert.Contains($"The channel '{name}'", Assert.Throws<ArgumentException>(() => Through(Named(name), format)).Message,
                StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Through(new SequenceDataset(1, [], []), format));
        Assert.Throws<ArgumentException>(
            () => Through(new SequenceDataset(1, [], [new Sequence(new[] { float.NegativeInfinity }, 1)]), format));
        Assert.DoesNotContain(Directory.GetFiles(_folder), file => new FileInfo(file).Length == 0);
    }

    [Theory]
    [InlineData(".parquet")]
    [InlineData(".arrow")]
    public void Long_data_come_in_several_parts(string format)
    {
        var data = new SequenceDataset(1, [], Enumerable.Range(0, 5).Select(i =>
            new Sequence(Enumerable.Range(0, 300_000).Select(t => (float)(t + i)).ToArray(), 1)));
        AssertSame(data, Through(data, format));
    }
}
