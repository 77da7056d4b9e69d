using System.IO.Compression;
using System.Text;

namespace Elman.Keras.Tests.Archive;

/// <summary>Files that are no archives of Keras, are damaged, or are made to exhaust memory.</summary>
public class KerasArchiveTests
{
    private static readonly byte[] _file = KerasFixtures.File("lstm");

    [Theory]
    [InlineData("", "does not begin like a zip archive")]
    [InlineData("P", "does not begin like a zip archive")]
    [InlineData("a text", "does not begin like a zip archive")]
    [InlineData("PK\u0003\u0004", "its zip archive is damaged")]
    public void What_is_no_archive_is_refused(string text, string expected) =>
        Assert.Contains(expected, KerasFixtures.Refused(Encoding.Latin1.GetBytes(text)), StringComparison.Ordinal);

    [Fact]
    public void An_HDF5_file_is_refused_with_what_to_do() => Assert.Equal(
        "stream: This is an HDF5 file, which holds weights alone or a model of an older form. Load the model in Keras 3 and save it with "
        + "model.save('model.keras').",
        KerasFixtures.Refused(KerasFixtures.Entry(_file, "model.weights.h5")));

    [Theory]
    [InlineData("config.json")]
    [InlineData("metadata.json")]
    [InlineData("model.weights.h5")]
    public void A_file_that_is_missing_or_there_twice_is_refused(string name)
    {
        Assert.Contains($"it has no {name}", KerasFixtures.Refused(KerasFixtures.With(_file, name, null)), StringComparison.Ordinal);
        (string, byte[])[] entries = [.. ((string[])["config.json", "metadata.json", "model.weights.h5", name])
            .Select(one => (one, KerasFixtures.Entry(_file, one)))];
        Assert.Contains($"it has {name} 2 times", KerasFixtures.Refused(KerasFixtures.Zip(CompressionLevel.NoCompression, entries)),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2.15.0")]
    [InlineData("4.0.0")]
    [InlineData("30.0.0")]
    [InlineData(null)]
    public void Another_version_of_Keras_is_refused(string? version)
    {
        byte[] metadata = Encoding.UTF8.GetBytes(version is null ? "{}" : $$"""{"keras_version": "{{version}}"}""");
        string message = KerasFixtures.Refused(KerasFixtures.With(_file, "metadata.json", metadata));
        Assert.Contains($"Keras {version ?? "of an unknown version"}; version 3 is supported", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_weight_that_changed_on_the_way_is_noticed()
    {
        byte[] weights = KerasFixtures.Entry(_file, "model.weights.h5");
        byte[] damaged = [.. _file];
        damaged[_file.AsSpan().IndexOf(weights) + (weights.Length / 2)] ^= 1;
        Assert.Contains("its model.weights.h5 does not match its stored length or checksum", KerasFixtures.Refused(damaged),
            StringComparison.Ordinal);
    }

    [Fact]
    public void An_archive_that_another_program_compressed_is_read()
    {
        byte[] file = KerasFixtures.With(
            _file, "config.json", KerasFixtures.Entry(_file, "config.json"), CompressionLevel.SmallestSize);
        using SequenceEstimator model = KerasFixtures.Load(file).Model;
        Assert.IsType<SequenceClassifier>(model);
    }

    [Theory]
    [InlineData("model.weights.h5", 300_000_000)]
    [InlineData("config.json", 100_000_000)]
    [InlineData("metadata.json", 100_000_000)]
    public void A_small_file_that_unpacks_to_a_large_one_is_refused_before_it_takes_memory(string name, int length)
    {
        byte[] bomb = KerasFixtures.With(_file, name, new byte[length], CompressionLevel.Fastest);
        long before = GC.GetAllocatedBytesForCurrentThread();
        string message = KerasFixtures.Refused(bomb);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MemoryLimit.Of(bomb));
        Assert.Contains($"Its {name} has {length} bytes, more than", message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_entry_that_is_longer_than_it_says_is_refused()
    {
        byte[] content = new byte[10_000_000];
        byte[] bomb = KerasFixtures.With(_file, "config.json", content, CompressionLevel.Fastest);
        byte[] length = BitConverter.GetBytes(content.Length), shorter = BitConverter.GetBytes(1000);
        for (int at; (at = bomb.AsSpan().IndexOf(length)) >= 0;)
            shorter.CopyTo(bomb, at);
        long before = GC.GetAllocatedBytesForCurrentThread();
        KerasFixtures.Refused(bomb);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MemoryLimit.Of(bomb));
    }

    [Fact]
    public void An_archive_of_very_many_entries_takes_little_memory()
    {
        byte[] many = KerasFixtures.Zip(
            CompressionLevel.NoCompression, [.. Enumerable.Range(0, 60_000).Select(i => ($"{i}", Array.Empty<byte>()))]);
        long before = GC.GetAllocatedBytesForCurrentThread();
        KerasFixtures.Refused(many);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MemoryLimit.Of(many));
    }
}
