using System.IO.Compression;
using Elman.Checksums;

namespace Elman.Keras.Archive;

/// <summary>The three files of a <c>.keras</c> file, which is a zip file that may be malicious.</summary>
/// <remarks>
/// Entries are found by their names and never written to disk. Unpacked bytes are counted, regardless of the sizes that the zip file
/// declares, and compared with its checksums.
/// </remarks>
/// <param name="Metadata">The content of <c>metadata.json</c>.</param>
/// <param name="Configuration">The content of <c>config.json</c>.</param>
/// <param name="Weights">The content of <c>model.weights.h5</c>.</param>
internal sealed record KerasArchive(byte[] Metadata, byte[] Configuration, byte[] Weights)
{
    /// <summary>The name of the description of the model.</summary>
    public const string ConfigurationName = "config.json";

    /// <summary>The name of the file with the version of Keras.</summary>
    public const string MetadataName = "metadata.json";

    /// <summary>The name of the weights.</summary>
    public const string WeightsName = "model.weights.h5";

    /// <summary>The maximum length of a description: of the largest stack of Elman it has about 200,000 bytes.</summary>
    public const int LongestText = 1 << 18;

    /// <summary>The number of bytes that weights may have in addition to the multiple of the file.</summary>
    private const long WeightsOnTrust = 1 << 22;

    /// <summary>Enough for the head of any file that people confuse with a <c>.keras</c> file.</summary>
    private const int HeadLength = 8;

    private static readonly byte[] _hdf5Signature = [0x89, (byte)'H', (byte)'D', (byte)'F', 0x0D, 0x0A, 0x1A, 0x0A];
    private static readonly byte[] _zipSignature = [(byte)'P', (byte)'K', 3, 4];

    /// <summary>Reads the files.</summary>
    /// <param name="stream">A stream that can seek, from its current position.</param>
    /// <param name="source">The name in messages.</param>
    /// <exception cref="ModelFileException">It is not a <c>.keras</c> file of Keras 3, or it is damaged or malicious.</exception>
    public static KerasArchive Read(Stream stream, KerasSource source)
    {
        CheckHead(stream, source);
        try
        {
            using var zip = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
            // Keras does not compress; weights that another program has compressed shrink little.
            long mostWeights = WeightsOnTrust + stream.Length + (stream.Length / 4);
            return new KerasArchive(
                Unpack(zip, MetadataName, LongestText, source), Unpack(zip, ConfigurationName, LongestText, source),
                Unpack(zip, WeightsName, mostWeights, source));
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or NotSupportedException or ArgumentException
            or OverflowException)
        {
            throw source.Invalid("its zip archive is damaged", e);
        }
    }

    private static void CheckHead(Stream stream, KerasSource source)
    {
        Span<byte> head = stackalloc byte[HeadLength];
        int count = stream.ReadAtLeast(head, HeadLength, throwOnEndOfStream: false);
        stream.Seek(-count, SeekOrigin.Current);
        if (head[..count].SequenceEqual(_hdf5Signature))
            throw source.Error("This is an HDF5 file, which holds weights alone or a model of an older form. Load the model in Keras 3 and "
                + "save it with model.save('model.keras').");
        if (count < _zipSignature.Length || !head.StartsWith(_zipSignature))
            throw source.Error("This is not a .keras file: it does not begin like a zip archive. Save the model in Keras 3 with "
                + "model.save('model.keras').");
    }

    private static byte[] Unpack(ZipArchive zip, string name, long most, KerasSource source)
    {
        ZipArchiveEntry[] found = [.. zip.Entries.Where(entry => entry.FullName == name)];
        if (found.Length != 1)
            throw source.Invalid(found.Length == 0 ? $"it has no {name}" : $"it has {name} {Amount.Of(found.Length, "time")}");
        ZipArchiveEntry entry = found[0];
        if (entry.IsEncrypted)
            throw source.Invalid($"its {name} is encrypted");
        if (entry.Length > Math.Min(most, Array.MaxLength))
            throw source.Error($"Its {name} has {Amount.Of(entry.Length, "byte")}, more than the {most} that a file of this size may hold. "
                + "If the file is yours, store it without compression, as Keras does.");
        byte[] bytes = new byte[entry.Length];
        using Stream from = entry.Open();
        int count = from.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        if (count < bytes.Length || from.ReadByte() >= 0 || Crc32.Add(0, bytes) != entry.Crc32)
            throw source.Invalid($"its {name} does not match its stored length or checksum");
        return bytes;
    }
}
