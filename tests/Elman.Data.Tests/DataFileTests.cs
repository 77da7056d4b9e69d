using System.Text;

namespace Elman.Data.Tests;

public sealed class DataFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("elman").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Create(string name, params byte[] content)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllBytes(path, content);
        return path;
    }

    private string Create(string name, string content) => Create(name, Encoding.UTF8.GetBytes(content));

    private static SequenceDataset Read(string path, IProgress<ReadProgress>? progress = null) =>
        DataFile.Read(path, progress: progress, cancellationToken: TestContext.Current.CancellationToken);

    private static DataFileException Refuse(string path) => Assert.Throws<DataFileException>(() => Read(path));

    [Theory]
    [InlineData("a.ts", "@classLabel true u\n@data\n1,2:u\n")]
    [InlineData("a.TS", "@classLabel true u\n@data\n1,2:u\n")]
    [InlineData("a.csv", "1,2,u\n")]
    [InlineData("a.Csv", "1,2,u\n")]
    [InlineData("a.tsv", "1\t2\tu\n")]
    public void The_extension_says_how_to_read(string name, string text)
    {
        SequenceDataset data = Read(Create(name, text));
        Assert.Equal([1, 2], Text.Values(data[0]));
        Assert.Equal(["u"], data.ClassLabels);
    }

    [Theory]
    [InlineData("a.dat", "'.dat' can't be read; supported are .ts, .csv, .tsv")]
    [InlineData("a", "a file without extension")]
    [InlineData("a.zip.gz", "'.zip.gz' can't be read")]
    public void Other_extensions_are_refused(string name, string says) => Text.AssertPlace(Refuse(Create(name, "1,2\n")), null, null, says);

    [Fact]
    public void A_missing_file_is_named()
    {
        string path = Path.Combine(_folder, "gone.ts");
        DataFileException e = Refuse(path);
        Text.AssertPlace(e, null, null, "there is no such file");
        Assert.Equal(path, e.Path);
        Text.AssertPlace(Refuse(Path.Combine(_folder, "no", "gone.csv")), null, null, "there is no such file");
    }

    [Fact]
    public void A_folder_is_not_a_file()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "d.csv"));
        Text.AssertPlace(Refuse(Path.Combine(_folder, "d.csv")), null, null, "this is a folder");
    }

    [Theory]
    [InlineData("e.ts")]
    [InlineData("e.csv")]
    [InlineData("e.tsv")]
    public void An_empty_file_is_refused(string name) => Text.AssertPlace(Refuse(Create(name, "")), null, null, "the file is empty");

    [Theory]
    [InlineData("z.ts")]
    [InlineData("z.csv")]
    public void Zero_bytes_are_refused_on_their_line(string name) =>
        Text.AssertPlace(Refuse(Create(name, "1,2\n3,\0\n")), 2, null, "zero byte");

    [Theory]
    [InlineData("u.ts", new byte[] { (byte)'#', (byte)'\n', (byte)'#', 0xFF, (byte)'\n' }, 2)]
    [InlineData("u.csv", new byte[] { (byte)'1', (byte)',', 0xC3, (byte)'\n' }, 1)]
    [InlineData("cut.csv", new byte[] { (byte)'1', (byte)',', 0xC3 }, 1)]
    [InlineData("latin1.csv", new byte[] { (byte)'1', (byte)',', 0xFC, (byte)'\n' }, 1)]
    [InlineData("surrogate.csv", new byte[] { (byte)'1', (byte)',', 0xED, 0xA0, 0x80, (byte)'\n' }, 1)]
    public void Bytes_that_are_no_utf8_are_refused_on_their_line(string name, byte[] bytes, int line) =>
        Text.AssertPlace(Refuse(Create(name, bytes)), line, null, "not valid UTF-8;");

    [Fact]
    public void Utf16_is_called_by_its_name() =>
        Text.AssertPlace(
            Refuse(Create("w.csv", [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes("1,2\n")])), null, null, "UTF-16");

    [Fact]
    public void Characters_may_lie_across_the_ends_of_buffers()
    {
        for (int padding = 65_530; padding < 65_540; padding++)
        {
            SequenceDataset data = Read(Create("p.csv", "1,\"" + new string('x', padding) + "größe€😀\"\n2," + "b\n"));
            Assert.EndsWith("größe€😀", data.ClassLabels[1], StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_line_is_counted_right_far_into_a_file()
    {
        string text = string.Concat(Enumerable.Repeat("1.5,2.5,a\n", 50_000));
        Assert.Equal(50_001, Refuse(Create("far.csv", text + "1,x,a\n")).Line);
        Assert.Equal(50_001, Refuse(Create("far.csv", text + "1,\0,a\n")).Line);
        Assert.Equal(50_003,
            Refuse(Create("far.ts", "@classLabel true a\n@data\n" + text.Replace(",a", ":a", StringComparison.Ordinal) + "1,x:a\n")).Line);
    }

    [Fact]
    public void A_stream_is_read_and_left_open()
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes("1,2,u\n"));
        SequenceDataset data = DataFile.Read(stream, "CSV", cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal("standard input", data.Name);
        Assert.True(stream.CanRead);
    }

    [Fact]
    public void A_stream_may_come_in_drops()
    {
        using var stream = new Drops(Encoding.UTF8.GetBytes("@classLabel true ü\r\n@data\r\n1.5,2:ü\r\n"));
        SequenceDataset data = DataFile.Read(stream, ".ts", cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal([1.5f, 2], Text.Values(data[0]));
    }

    [Fact]
    public void A_character_that_is_truncated_between_two_drops_is_refused_on_its_line()
    {
        using var stream = new Drops([.. "1,a\n2,"u8, 0xC3, .. "\n3,b\n4,b\n"u8]);
        DataFileException e = Assert.Throws<DataFileException>(() =>
            DataFile.Read(stream, ".csv", cancellationToken: TestContext.Current.CancellationToken));
        Text.AssertPlace(e, 2, null, "not valid UTF-8;");
    }

    [Fact]
    public void An_unknown_format_is_refused() => Assert.Throws<ArgumentException>(() =>
        DataFile.Read(Stream.Null, "xlsx", cancellationToken: TestContext.Current.CancellationToken));

    [Fact]
    public void Progress_is_reported_now_and_then_and_at_the_end()
    {
        string path = Create("big.csv", string.Concat(Enumerable.Repeat("1.5,2.5,a\n", 400_000)));
        var reports = new Reports();
        Read(path, reports);
        Assert.InRange(reports.All.Count, 3, 201);
        Assert.All(reports.All, r => Assert.Equal(4_000_000, r.TotalBytes));
        Assert.Equal(new ReadProgress(4_000_000, 4_000_000, 400_000), reports.All[^1]);
        Assert.Equal(reports.All.Select(r => r.BytesRead).Order(), reports.All.Select(r => r.BytesRead));
        Assert.InRange(reports.All[0].Sequences, 1, 399_999);
    }

    [Fact]
    public void In_long_form_progress_counts_sequences_and_not_rows()
    {
        string path = Create("long.csv", "id,time,x,label\na,0,1,u\na,1,2,u\nb,0,3,v\n");
        var reports = new Reports();
        Read(path, reports);
        Assert.Equal(2, reports.All[^1].Sequences);
    }

    [Fact]
    public void Reading_can_be_stopped()
    {
        string path = Create("big.csv", string.Concat(Enumerable.Repeat("1.5,2.5,a\n", 400_000)));
        using var stop = new CancellationTokenSource();
        var reports = new Reports { Then = stop.Cancel };
        Assert.Throws<OperationCanceledException>(() => DataFile.Read(path, progress: reports, cancellationToken: stop.Token));
        Assert.Single(reports.All);
    }

    private sealed class Reports : IProgress<ReadProgress>
    {
        public List<ReadProgress> All { get; } = [];

        public Action Then { get; init; } = () => { };

        public void Report(ReadProgress value)
        {
            All.Add(value);
            Then();
        }
    }

    // Returns one byte at a time and doesn't know its length, like a pipe.
    private sealed class Drops(byte[] content) : MemoryStream(content)
    {
        public override bool CanSeek => false;

        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, 1));

        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, 1)]);
    }
}
