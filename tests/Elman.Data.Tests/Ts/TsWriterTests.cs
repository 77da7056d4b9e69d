using CsCheck;

namespace Elman.Data.Tests.Ts;

public sealed class TsWriterTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("elman").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string Write(SequenceDataset data)
    {
        var writer = new StringWriter();
        TsWriter.Write(writer, data, "p");
        return writer.ToString();
    }

    private static readonly Gen<SequenceDataset> _datasets =
        from channels in Gen.Int[1, 3]
        from labelled in Gen.Bool
        from cases in Gen.Select(Gen.Int[1, 5], Gen.Int[0, 2],
            Gen.Frequency((9, Gen.Float.Where(float.IsFinite)), (1, Gen.Const(float.NaN))).Array[15]).Array[1, 4]
        select new SequenceDataset(channels, labelled ? ["a", "B", "ü?"] : [],
            cases.Select(c => new Sequence(c.Item3.AsMemory(0, c.Item1 * channels), channels, labelled ? c.Item2 : Sequence.NoLabel)));

    [Fact]
    public void What_is_written_is_read_back_bit_for_bit() => _datasets.Sample(data =>
    {
        SequenceDataset read = Text.Read(Write(data), ".ts");
        Assert.Equal(data.ClassLabels, read.ClassLabels);
        Assert.Equal(data.Channels, read.Channels);
        Assert.Equal(data.Select(s => s.Label), read.Select(s => s.Label));
        for (int i = 0; i < data.Count; i++)
            Assert.Equal(data[i].Values.ToArray().Select(BitConverter.SingleToUInt32Bits),
                read[i].Values.ToArray().Select(BitConverter.SingleToUInt32Bits));
    });

    [Fact]
    public void The_text_is_as_other_tools_write_it()
    {
        var data = new SequenceDataset(2, ["up", "down"], [new Sequence(new float[] { 1, 0.1f, -2, 1e30f }, 2, 1)]);
        Assert.Equal(
            "@problemName p\n@timeStamps false\n@missing false\n@univariate false\n@dimensions 2\n@equalLength true\n@seriesLength 2\n" +
            "@classLabel true up down\n@data\n1,-2:0.1,1E+30:down\n", Write(data));
    }

    [Fact]
    public void A_missing_value_is_a_question_mark_that_the_header_announces()
    {
        string text = Write(new SequenceDataset(1, [], [new Sequence(new[] { 1, float.NaN }, 1)]));
        Assert.Contains("\n@missing true\n", text, StringComparison.Ordinal);
        Assert.EndsWith("\n1,?\n", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a b")]
    [InlineData("a,b")]
    [InlineData("a:b")]
    [InlineData("")]
    [InlineData("a\n")]
    public void A_label_that_the_format_would_tear_apart_is_refused(string label) =>
        Assert.Contains("label",
            Assert.Throws<ArgumentException>(() => Write(new SequenceDataset(1, [label], [new Sequence(new float[1], 1, 0)]))).Message,
            StringComparison.Ordinal);

    [Theory]
    [InlineData(float.NegativeInfinity)]
    [InlineData(float.PositiveInfinity)]
    public void A_value_that_is_infinite_is_refused(float value)
    {
        var data = new SequenceDataset(2, [], [new Sequence(new float[2], 2), new Sequence(new[] { 0, 0, 0, value }, 2)]);
        Assert.StartsWith(
            "Step 2, channel 2 of sequence 2 of", Assert.Throws<ArgumentException>(() => Write(data)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Sequences_labelled_in_part_are_refused()
    {
        var data = new SequenceDataset(1, ["a"], [new Sequence(new float[1], 1, 0), new Sequence(new float[1], 1)], "some");
        Assert.StartsWith("Sequence 2 of 'some' is not labelled, unlike sequence 1;",
            Assert.Throws<ArgumentException>(() => Write(data)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_data_set_is_refused() => Assert.Throws<ArgumentException>(() => Write(new SequenceDataset(1, [], [])));

    [Theory]
    [InlineData("")]
    [InlineData("two words")]
    public void A_name_that_is_no_word_is_refused(string name) =>
        Assert.Throws<ArgumentException>(
            () => TsWriter.Write(TextWriter.Null, new SequenceDataset(1, [], [new Sequence(new float[1], 1)]), name));

    [Fact]
    public void A_file_replaces_the_old_one_and_leaves_nothing_beside_it()
    {
        string path = Path.Combine(_folder, "x.ts");
        File.WriteAllText(path, "old");
        TsWriter.Write(path, new SequenceDataset(1, [], [new Sequence(new float[] { 7 }, 1)]), "p");
        Assert.Equal(7, DataFile.Read(path, cancellationToken: TestContext.Current.CancellationToken)[0].Values.Span[0]);
        Assert.Equal([path], Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public void A_write_that_fails_leaves_the_old_file_and_nothing_beside_it()
    {
        string path = Path.Combine(_folder, "x.ts");
        File.WriteAllText(path, "old");
        Assert.Throws<IOException>(() => AtomicFile.Write(path, stream =>
        {
            stream.Write("half"u8);
            throw new IOException("the disk is full");
        }));
        Assert.Equal("old", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public void A_folder_that_is_not_there_is_named() =>
        Assert.ThrowsAny<IOException>(
            () => TsWriter.Write(Path.Combine(_folder, "no", "x.ts"), new SequenceDataset(1, [], [new Sequence(new float[1], 1)]), "p"));
}
