using System.IO.Compression;
using System.Text;

namespace Elman.Data.Tests.Reading;

public sealed class GzipTextTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("elman").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static byte[] Pack(string text, CompressionLevel level = CompressionLevel.Optimal)
    {
        using var packed = new MemoryStream();
        using (var writer = new GZipStream(packed, level, leaveOpen: true))
            writer.Write(Encoding.UTF8.GetBytes(text));
        return packed.ToArray();
    }

    private SequenceDataset Read(string name, byte[] bytes)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllBytes(path, bytes);
        return DataFile.Read(path, cancellationToken: TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData("a.csv.gz", "1,2,u\n")]
    [InlineData("a.tsv.GZ", "1\t2\tu\n")]
    [InlineData("a.txt.gz", "1 2 u\n")]
    [InlineData("a.TS.gz", "@classLabel true u\n@data\n1,2:u\n")]
    [InlineData("a.arff.gz", "@attribute x1 real\n@attribute x2 real\n@attribute c {u}\n@data\n1,2,u\n")]
    [InlineData("a.jsonl.gz", "{\"x\":[1,2],\"label\":\"u\"}\n")]
    [InlineData("a.ndjson.gz", "{\"x\":[1,2],\"label\":\"u\"}\n")]
    public void Every_text_may_be_compressed(string name, string text)
    {
        Assert.True(DataFile.IsNamedLikeData(name));
        SequenceDataset data = Read(name, Pack(text));
        Assert.Equal([1, 2], Text.Values(data[0]));
        Assert.Equal(["u"], data.ClassLabels);
    }

    [Fact]
    public void Files_may_be_put_one_behind_the_other() =>
        Assert.Equal(2, Read("a.csv.gz", [.. Pack("1,2,u\n"), .. Pack("3,4,v\n")]).Count);

    [Theory]
    [InlineData(CompressionLevel.Optimal)]
    [InlineData(CompressionLevel.NoCompression)]
    public void A_file_that_is_truncated_is_refused_wherever_it_does(CompressionLevel level)
    {
        byte[] whole = Pack(string.Concat(Enumerable.Range(0, 40).Select(i => $"{i * 5 % 7},{i * 7 % 5},u\n")), level);
        Assert.Equal(40, Read("a.csv.gz", whole).Count);
        for (int length = 1; length < whole.Length; length++)
            Assert.Contains("are truncated",
                Assert.Throws<DataFileException>(() => Read("a.csv.gz", whole[..length])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_flipped_bit_is_refused_or_changes_nothing()
    {
        byte[] whole = Pack("1,2,u\n3,4,v\n5,6,u\n7,8,v\n");
        int refused = 0;
        for (int bit = 8 * 10; bit < 8 * whole.Length; bit++) // the header has bytes that say nothing
        {
            byte[] damaged = [.. whole];
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            try
            {
                Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8], Read("a.csv.gz", damaged).SelectMany(Text.Values));
            }
            catch (DataFileException)
            {
                refused++;
            }
        }
        Assert.InRange(refused, 8 * (whole.Length - 10) - 16, int.MaxValue);
    }

    [Fact]
    public void Something_behind_the_end_is_refused() => Assert.Contains("followed by other data;",
        Assert.Throws<DataFileException>(() => Read("a.csv.gz", [.. Pack("1,2,u\n"), 1, 2, 3])).Message, StringComparison.Ordinal);

    [Fact]
    public void A_name_that_is_wrong_is_reported() => Assert.Contains("is not a valid .gz file; remove",
        Assert.Throws<DataFileException>(() => Read("a.csv.gz", [.. "1,2,u\n"u8])).Message, StringComparison.Ordinal);

    [Fact]
    public void An_empty_text_is_empty() => Assert.Contains("the file is empty",
        Assert.Throws<DataFileException>(() => Read("a.csv.gz", Pack(""))).Message, StringComparison.Ordinal);

    [Fact]
    public void A_place_is_that_in_the_text() =>
        Assert.Equal(2, Assert.Throws<DataFileException>(() => Read("a.csv.gz", Pack("1,2,u\n1,x,u\n"))).Line);

    [Theory]
    [InlineData("a.gz", "'.gz' can't be read")]
    [InlineData("a.dat.gz", "'.dat.gz' can't be read")]
    public void Other_files_are_refused(string name, string says)
    {
        Assert.False(DataFile.IsNamedLikeData(name));
        Assert.Contains(says, Assert.Throws<DataFileException>(() => Read(name, Pack("1,2,u\n"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_small_file_that_holds_a_long_text_takes_little_memory()
    {
        // 64 MiB of one value, compressed to 64 kB: no value is that long, so it is refused before it is stored.
        using var packed = new MemoryStream();
        using (var writer = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            writer.Write("@classLabel true u\n@data\n"u8);
            byte[] digits = [.. Enumerable.Repeat((byte)'1', 1 << 20)];
            for (int i = 0; i < 64; i++)
                writer.Write(digits);
        }
        byte[] file = packed.ToArray();
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Contains("has more than",
            Assert.Throws<DataFileException>(() => Read("a.ts.gz", file)).Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 10 << 20);
    }
}
