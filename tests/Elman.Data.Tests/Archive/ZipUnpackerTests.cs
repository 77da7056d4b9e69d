using System.Buffers.Binary;
using System.IO.Compression;

namespace Elman.Data.Tests.Archive;

/// <summary>Zip files that are damaged or malicious: no files of them are left.</summary>
public sealed class ZipUnpackerTests : IDisposable
{
    private readonly string _cache = Directory.CreateTempSubdirectory("elman-zip-").FullName;

    [Theory]
    [InlineData("../Strokes_TRAIN.ts")]
    [InlineData("/etc/Strokes_TRAIN.ts")]
    [InlineData("..\\Strokes_TRAIN.ts")]
    [InlineData("a/../../Strokes_TRAIN.ts")]
    [InlineData("C:Strokes_TRAIN.ts")]
    [InlineData("a\nb")]
    public Task A_name_that_leads_out_of_a_folder_is_refused(string name) =>
        Refuses(Zips.Pack((name, Zips.Train), ("Strokes_TRAIN.ts", Zips.Train), ("Strokes_TEST.ts", Zips.Test)), "leads out of the folder");

    [Fact]
    public async Task Files_in_a_folder_of_the_zip_file_are_found()
    {
        ArchiveSet set = await Get(Zips.Pack(("Strokes/Strokes_TRAIN.ts", Zips.Train), ("Strokes/Strokes_TEST.ts", Zips.Test)));
        Assert.Equal(Zips.Train, await File.ReadAllTextAsync(set.TrainPath, TestContext.Current.CancellationToken));
    }

    [Fact]
    public Task A_file_that_is_not_there_is_reported() =>
        Refuses(Zips.Pack(("Strokes_TRAIN.ts", Zips.Train), ("Strokes.txt", "")), "has no Strokes_TEST.ts", "Strokes.txt");

    [Fact]
    public Task A_file_that_is_there_twice_is_refused() => Refuses(
        Zips.Pack(("Strokes_TRAIN.ts", Zips.Train), ("a/Strokes_TRAIN.ts", Zips.Test), ("Strokes_TEST.ts", "")),
            "has Strokes_TRAIN.ts 2 times");

    [Fact]
    public Task A_small_file_that_unpacks_to_a_large_one_is_refused() =>
        Refuses(Zips.Pack(("Strokes_TRAIN.ts", new string('0', (1 << 26) + 1)), ("Strokes_TEST.ts", "")), "unpacks to more than 67108864");

    [Fact]
    public Task Files_that_together_unpack_to_too_much_are_refused() => Refuses(
        Zips.Pack(("Strokes_TRAIN.ts", new string('0', 600)), ("Strokes_TEST.ts", new string('0', 600))), "unpacks to more than",
        limits: new ZipLimits { FreeBytes = 1000, MostRatio = 1 });

    [Fact]
    public Task Too_many_entries_are_refused() => Refuses(
        Zips.Pack([.. Enumerable.Range(0, 1001).Select(i => ($"{i}", ""))]), "has 1001 entries, more than the allowed 1000");

    [Fact]
    public Task A_list_of_entries_that_is_too_long_is_refused() => Refuses(
        Zips.Pack([.. Enumerable.Range(0, 100).Select(i => (new string('x', 20_000) + i, ""))]), "has a list of entries of");

    [Fact]
    public Task More_entries_than_the_file_says_are_refused()
    {
        byte[] zip = Zips.Sound();
        BinaryPrimitives.WriteUInt16LittleEndian(zip.AsSpan(zip.Length - 12), 1);
        return Refuses(zip, "is damaged");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Damage_anywhere_in_a_wanted_file_is_found(int level)
    {
        byte[] zip = Zips.Sound((CompressionLevel)level);
        int start = zip.AsSpan().IndexOf("Strokes_TRAIN.ts"u8) + "Strokes_TRAIN.ts".Length,
            end = zip.AsSpan().IndexOf("Strokes_TRAIN.arff"u8) - 30;
        Assert.True(end > start + 20);
        for (int i = start; i < end; i++)
        {
            byte[] damaged = [.. zip];
            damaged[i] ^= 0x10;
            try
            {
                // The bytes between the compressed bytes and the next entry may be a data descriptor that is not needed.
                Assert.Equal(Zips.Train, await File.ReadAllTextAsync((await Get(damaged)).TrainPath,
                    TestContext.Current.CancellationToken));
                Directory.Delete(Path.Combine(_cache, Zips.Name), recursive: true);
            }
            catch (DataArchiveException e)
            {
                Assert.Contains("is damaged", e.Message, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task A_zip_file_that_is_truncated_anywhere_is_refused()
    {
        byte[] zip = Zips.Sound();
        for (int length = 0; length < zip.Length; length += 7)
            await Refuses(zip[..length], "");
    }

    [Fact]
    public async Task Any_damage_is_refused_or_does_no_harm()
    {
        byte[] zip = Zips.Sound();
        for (int i = 0; i < zip.Length; i++)
        {
            byte[] damaged = [.. zip];
            damaged[i] ^= 0xFF;
            try
            {
                Assert.Equal(Zips.Train, await File.ReadAllTextAsync((await Get(damaged)).TrainPath,
                    TestContext.Current.CancellationToken));
                Directory.Delete(Path.Combine(_cache, Zips.Name), recursive: true);
            }
            catch (DataArchiveException)
            {
                Assert.False(Directory.Exists(Path.Combine(_cache, Zips.Name)));
            }
        }
    }

    [Fact]
    public Task A_page_instead_of_a_file_is_reported() => Refuses("<!DOCTYPE html>"u8.ToArray(), "is a web page, not a zip file;");

    public void Dispose() => Directory.Delete(_cache, recursive: true);

    private async Task<ArchiveSet> Get(byte[] zip, ZipLimits? limits = null)
    {
        using var server = LoopbackServer.Of(zip);
        return await new DataArchive(server.Address, _cache) { Limits = limits ?? new ZipLimits() }
            .GetAsync(Zips.Name, cancellationToken: TestContext.Current.CancellationToken);
    }

    private async Task Refuses(byte[] zip, string says, string andSays = "", ZipLimits? limits = null)
    {
        DataArchiveException e = await Assert.ThrowsAsync<DataArchiveException>(() => Get(zip, limits));
        Assert.Contains(says, e.Message, StringComparison.Ordinal);
        Assert.Contains(andSays, e.Message, StringComparison.Ordinal);
        Assert.Equal([".Strokes.lock"], Directory.GetFileSystemEntries(_cache).Select(Path.GetFileName));
    }
}
