using CsCheck;

namespace Elman.Data.Tests.Writing;

/// <summary>Written files are read back bit for bit, in every format and from each format to each other.</summary>
public sealed class RoundTripTests : IDisposable
{
    private static readonly string[] _formats =
        [".ts", ".csv", ".tsv", ".arff", ".jsonl", ".ndjson", ".ts.gz", ".csv.gz", ".jsonl.gz", ".npz"];

    // All bit patterns except those of infinities and of NaNs other than the one that is read; often zeros of both signs and the smallest
    // numbers.
    private static readonly Gen<float> _floats = Gen.Frequency(
        (8, Gen.UInt.Select(BitConverter.UInt32BitsToSingle).Where(float.IsFinite)),
        (2, Gen.UInt[1, 0x7FFFFF].Select(BitConverter.UInt32BitsToSingle)),
        (1, Gen.Const(float.NaN)), (1, Gen.Const(-0f)), (1, Gen.Const(0f)), (1, Gen.Const(float.MaxValue)));

    private readonly string _folder = Directory.CreateTempSubdirectory("elman").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private SequenceDataset Through(SequenceDataset data, string format, DataFileOptions? options = null)
    {
        string path = Path.Combine(_folder, Path.GetRandomFileName() + format); // samples run side by side
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
            Assert.Equal(expected[i].Label, actual[i].Label);
            Assert.Equal(expected[i].StepLabels.ToArray(), actual[i].StepLabels.ToArray());
        }
    }

    private static IEnumerable<uint> Bits(ReadOnlyMemory<float> values) => values.ToArray().Select(BitConverter.SingleToUInt32Bits);

    [Fact]
    public void Every_bit_of_a_value_is_kept_in_every_format() => Gen.Select(
        Gen.Int[1, 3], Gen.Int[1, 4], _floats.Array[24]).Sample((channels, steps, values) =>
        {
            string[] classes = ["a", "b", "größe 2"];
            foreach (string format in _formats)
            {
                classes[2] = format.StartsWith(".ts", StringComparison.Ordinal) && !format.StartsWith(".tsv", StringComparison.Ordinal)
                    ? "größe" : "größe 2";
                var data = new SequenceDataset(channels, classes, Enumerable.Range(0, 3).Select(
                    i => new Sequence(values.AsMemory(i * 4, channels * steps), channels, i % 3)));
                AssertSame(data, Through(data, format, new() { Format = steps == 1 ? DelimitedForm.Long : DelimitedForm.Auto }));
            }
        }, iter: 60);

    [Theory]
    [InlineData(100000.01f, 100000.02f)]
    [InlineData(1.2345678e12f, 1.2345678e12f)]
    [InlineData(1.2345678e12f, 1.2345680e12f)]
    [InlineData(-16777217f, -16777219f)]
    [InlineData(5e20f, 5.000001e20f)]
    [InlineData(1.00001f, 1.00002f)]
    [InlineData(8388607.5f, 8388608f)]
    public void Numbers_close_to_each_other_keep_their_bits(float one, float other)
    {
        foreach (string format in _formats)
        {
            var data = new SequenceDataset(1, [], [.. Enumerable.Range(0, 3).Select(i =>
                new Sequence(new[] { one, other, float.NaN, one }, 1).WithTargets(new[] { i == 1 ? other : one }))], "data", ["target"]);
            SequenceDataset read = Through(data, format, new() { Labels = LabelKind.Numbers });
            AssertSame(data, read);
            Assert.True(read.Offsets.IsNone);
            Assert.Empty(read.Warnings);
        }
    }

    [Fact]
    public void Offsets_are_added_again_and_found_again()
    {
        foreach (string format in _formats)
        {
            var data = new SequenceDataset(1, [], [.. Enumerable.Range(0, 3).Select(i =>
                new Sequence(new[] { 0.1f, 0, 0.3f + i, float.NaN }, 1).WithTargets(new[] { 0.25f * i }))], "data", ["target"])
            { Offsets = new ValueOffsets([5800000], new Dictionary<string, double> { ["target"] = 1700000000000 }) };
            SequenceDataset read = Through(data, format, new() { Labels = LabelKind.Numbers });
            AssertSame(data, read);
            Assert.Equal([5800000], read.Offsets.Channels);
            Assert.Equal(1700000000000, read.Offsets.OfTarget("target"));
        }
    }

    [Fact]
    public void Lengths_may_differ_but_for_one_channel_in_arff()
    {
        foreach (int channels in new[] { 1, 2 })
        {
            var data = new SequenceDataset(channels, ["u", "v"], [
                new Sequence(Enumerable.Range(0, 3 * channels).Select(i => i + 0.5f).ToArray(), channels, 0),
                new Sequence(new float[channels], channels, 1)]);
            foreach (string format in _formats.Where(format => channels > 1 || format != ".arff"))
                AssertSame(data, Through(data, format));
        }
        Assert.Contains("have 1 to 2 steps", Assert.Throws<ArgumentException>(() => Through(
            new SequenceDataset(1, [], [new Sequence(new float[1], 1), new Sequence(new float[2], 1)]), ".arff")).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(".csv")]
    [InlineData(".tsv.gz")]
    [InlineData(".jsonl")]
    [InlineData(".npz")]
    public void Labels_of_steps_and_sets_are_kept(string format)
    {
        var steps = new SequenceDataset(1, ["a", "b"], [
            new Sequence(new float[3], 1).WithStepLabels(new[] { 1, -1, 0 }),
            new Sequence(new float[2], 1).WithStepLabels(new[] { 0, 0 })]);
        AssertSame(steps, Through(steps, format, new() { Labels = LabelKind.Steps }));
        var sets = new SequenceDataset(1, ["a", "b"], [
            new Sequence(new float[2], 1).WithTargets(new[] { 1f, 1 }), new Sequence(new float[2], 1).WithTargets(new[] { 0f, 0 }),
            new Sequence(new float[2], 1).WithTargets(new[] { float.NaN, float.NaN })]);
        AssertSame(sets, Through(sets, format, new() { Labels = LabelKind.Classes }));
    }

    [Theory]
    [InlineData(".csv", "size,weight (kg)")]
    [InlineData(".jsonl", null)]
    [InlineData(".arff", "size,weight (kg)")]
    [InlineData(".npz", null)]
    public void Numbers_are_kept(string format, string? columns)
    {
        var data = new SequenceDataset(1, [], [
            new Sequence(new float[2], 1).WithTargets(new[] { -0f, float.NaN }),
            new Sequence(new float[2], 1).WithTargets(new[] { 1e-45f, 7 })],
            targetNames: ["size", "weight (kg)"]);
        AssertSame(data, Through(data, format, new() { Labels = LabelKind.Numbers, LabelColumn = columns }));
        var one = new SequenceDataset(2, [], [new Sequence(new float[2], 2).WithTargets(new[] { 0.1f }),
            new Sequence(new float[2], 2).WithTargets(new[] { float.NaN })], targetNames: ["target"]);
        AssertSame(one, Through(one, format, new() { Labels = LabelKind.Numbers, Format = DelimitedForm.Long }));
        AssertSame(one, Through(one, ".ts", new() { Labels = LabelKind.Numbers }));
    }

    [Theory]
    [InlineData(".csv", true)]
    [InlineData(".tsv", true)]
    [InlineData(".jsonl", true)]
    [InlineData(".arff", false)]
    [InlineData(".npz", true)]
    public void Names_are_kept(string format, bool keepsChannels)
    {
        var data = new SequenceDataset(2, ["x, \"y\"", "z\t's"], [
            new Sequence(new float[4], 2, 0) { Id = "1, \"one\"", Group = "g\\1" },
            new Sequence(new float[4], 2, 1) { Id = "it's", Group = "%" }])
        {
            ChannelNames = ["ax", "a \"y\",\t{}"],
        };
        SequenceDataset read = Through(data, format, new() { GroupColumn = "group" });
        AssertSame(data, read);
        Assert.Equal(data.Select(s => s.Id), read.Select(s => s.Id));
        Assert.Equal(data.Select(s => s.Group), read.Select(s => s.Group));
        Assert.Equal(keepsChannels ? data.ChannelNames : [], read.ChannelNames);
    }

    [Theory]
    [InlineData(".arff")]
    [InlineData(".csv")]
    [InlineData(".jsonl")]
    [InlineData(".npz")]
    public void Sequences_without_a_label_among_others_are_kept(string format)
    {
        var data = new SequenceDataset(1, ["a"], [new Sequence(new float[2], 1, 0), new Sequence(new float[2], 1)]);
        AssertSame(data, Through(data, format));
    }
}
