namespace Elman.Tests.Persistence;

/// <summary>Damage of a file on a disk: it is never silently read as another model.</summary>
public sealed class ModelFileDamageTests : IDisposable
{
    private readonly ModelFileEditing _file = new();

    [Fact]
    public void A_model_cut_off_anywhere_is_refused()
    {
        for (int length = 0; length < _file.Saved.Length; length++)
        {
            File.WriteAllBytes(_file.Path, _file.Saved.AsSpan(0, length));
            Assert.Throws<ModelFileException>(() => SequenceClassifier.Load(_file.Path));
        }
    }

    [Fact]
    public void Bytes_behind_its_end_are_refused()
    {
        File.WriteAllBytes(_file.Path, [.. _file.Saved, 0]);
        _file.AssertRefused("After the last tensor, the file has 1 byte more");
    }

    [Theory]
    [InlineData(0x01)]
    [InlineData(0x02)]
    [InlineData(0x04)]
    [InlineData(0x08)]
    [InlineData(0x10)]
    [InlineData(0x20)]
    [InlineData(0x40)]
    [InlineData(0x80)]
    [InlineData(0xFF)]
    public void A_byte_that_flips_is_noticed_or_changes_nothing(byte bits)
    {
        byte[] damaged = [.. _file.Saved];
        int harmless = 0;
        for (int i = 0; i < damaged.Length; i++)
        {
            damaged[i] ^= bits;
            File.WriteAllBytes(_file.Path, damaged);
            harmless += IsNoticed(i) ? 0 : 1;
            damaged[i] ^= bits;
        }
        // If nothing changes, the byte is padding, or in the name of the checksum, so that there is none.
        Assert.InRange(harmless, 0, "elman.crc32c".Length + 8);
    }

    private bool IsNoticed(int place)
    {
        SequenceClassifier loaded;
        try
        {
            loaded = SequenceClassifier.Load(_file.Path);
        }
        catch (ModelFileException)
        {
            return true;
        }
        using (loaded)
        {
            loaded.Save(_file.Path);
            Assert.True(_file.Saved.AsSpan().SequenceEqual(File.ReadAllBytes(_file.Path)), $"Byte {place} made another model.");
        }
        return false;
    }

    public void Dispose() => _file.Dispose();
}
