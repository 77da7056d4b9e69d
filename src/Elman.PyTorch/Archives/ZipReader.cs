using System.Buffers.Binary;
using System.Text;
using Elman.Checksums;

namespace Elman.PyTorch.Archives;

/// <summary>
/// Reads a zip archive as <c>torch.save</c> writes it: files are stored; one that is compressed can't be read. Sizes
/// are compared with the archive before anything is read, and no two files share bytes, so that a small archive can't
/// claim a large content.
/// </summary>
/// <remarks>Format: PKWARE, APPNOTE.TXT - .ZIP File Format Specification, 6.3.10, sections 4.3 and 4.5.3.</remarks>
internal sealed class ZipReader
{
    private const uint EndSignature = 0x06054B50, LocatorSignature = 0x07064B50, Zip64EndSignature = 0x06064B50,
        DirectorySignature = 0x02014B50, LocalSignature = 0x04034B50;

    private const int EndLength = 22, LocatorLength = 20, Zip64EndLength = 56, DirectoryLength = 46, LocalLength = 30;
    private const int LongestComment = ushort.MaxValue;
    private const ushort Encrypted = 1, Zip64Field = 1;

    private static readonly UTF8Encoding _strictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly byte[] _bytes;
    private readonly Dictionary<string, ZipEntry> _entries = new(StringComparer.Ordinal);

    /// <summary>Reads the directory of an archive.</summary>
    /// <exception cref="FormatException">The archive is damaged, or has what torch.save does not write; the message is the end of a
    /// sentence.</exception>
    public ZipReader(byte[] bytes)
    {
        _bytes = bytes;
        ReadDirectory();
        int end = 0;
        foreach (ZipEntry entry in _entries.Values.OrderBy(entry => entry.Begin))
        {
            if (entry.Begin < end)
                throw new FormatException($"the file {Quoted(entry.Name)} in it shares bytes with another one");
            end = entry.Offset + entry.Length;
        }
    }

    /// <summary>The names of the files.</summary>
    public IEnumerable<string> Names => _entries.Keys;

    /// <summary>Returns the content of a file, or <see langword="null"/> if there is no such file.</summary>
    /// <exception cref="FormatException">The file is compressed, or its checksum does not match.</exception>
    public ReadOnlyMemory<byte>? Find(string name)
    {
        if (!_entries.TryGetValue(name, out ZipEntry entry))
            return null;
        if (entry.IsCompressed)
            throw new FormatException($"the file {Quoted(name)} in it is compressed, but torch.save compresses nothing; unpack the archive "
                + "and zip it without compression");
        ReadOnlyMemory<byte> content = _bytes.AsMemory(entry.Offset, entry.Length);
        return Crc32.Add(0, content.Span) == entry.Checksum
            ? content
            : throw new FormatException($"the checksum of the file {Quoted(name)} in it does not match: it was altered or damaged");
    }

    private void ReadDirectory()
    {
        (long count, long offset, int end) = FindDirectory();
        int at = Place(offset, end);
        for (long i = 0; i < count; i++)
        {
            ReadOnlySpan<byte> header = Part(at, DirectoryLength, end);
            if (Number32(header, 0) != DirectorySignature)
                throw new FormatException("its directory is damaged");
            int nameLength = Number16(header, 28), extraLength = Number16(header, 30), commentLength = Number16(header, 32);
            string name = Name(Part(at + DirectoryLength, nameLength, end));
            if ((Number16(header, 8) & Encrypted) != 0)
                throw new FormatException($"the file {Quoted(name)} in it is encrypted");
            bool isCompressed = Number16(header, 10) != 0;
            long compressed = Number32(header, 20), length = Number32(header, 24), local = Number32(header, 42);
            ReadExtra(Part(at + DirectoryLength + nameLength, extraLength, end), ref length, ref compressed, ref local);
            if (length < 0 || compressed < 0)
                throw new FormatException($"the file {Quoted(name)} in it has a negative size");
            if (isCompressed)
                length = compressed; // it is never read
            else if (compressed != length)
                throw new FormatException($"the file {Quoted(name)} in it has two different sizes");
            int begin = Place(local, end);
            ReadOnlySpan<byte> localHeader = Part(begin, LocalLength, end);
            if (Number32(localHeader, 0) != LocalSignature)
                throw new FormatException($"the file {Quoted(name)} in it does not begin where the directory says");
            int content = Place((long)begin + LocalLength + Number16(localHeader, 26) + Number16(localHeader, 28), end);
            if (length > end - content)
                throw new FormatException($"the file {Quoted(name)} in it would end past the {Amount.Of(end, "byte")} of the archive");
            if (!_entries.TryAdd(name, new ZipEntry(name, begin, content, (int)length, Number32(header, 16), isCompressed)))
                throw new FormatException($"it has the file {Quoted(name)} twice");
            at += DirectoryLength + nameLength + extraLength + commentLength;
        }
    }

    /// <summary>Finds the number of files, the place of the directory, and its end.</summary>
    private (long Count, long Offset, int End) FindDirectory()
    {
        int at = _bytes.Length - EndLength, least = Math.Max(0, at - LongestComment);
        while (at >= least && Number32(_bytes, at) != EndSignature)
            at--;
        if (at < least)
            throw new FormatException("it has no directory at its end; it may be truncated");
        ReadOnlySpan<byte> end = _bytes.AsSpan(at, EndLength);
        long count = Number16(end, 10), offset = Number32(end, 16);
        if (at >= LocatorLength && Number32(_bytes, at - LocatorLength) == LocatorSignature
            && (count == ushort.MaxValue || offset == uint.MaxValue))
        {
            int place = Place(Number64(_bytes, at - LocatorLength + 8), at);
            ReadOnlySpan<byte> large = Part(place, Zip64EndLength, at);
            if (Number32(large, 0) != Zip64EndSignature)
                throw new FormatException("its directory is damaged");
            (count, offset, at) = (Number64(large, 32), Number64(large, 48), place);
        }
        if (count < 0 || count > at / DirectoryLength)
            throw new FormatException("its directory is damaged: it names more files than it has room for");
        return (count, offset, at);
    }

    /// <summary>Reads the sizes that do not fit into 32 bits.</summary>
    private static void ReadExtra(ReadOnlySpan<byte> extra, ref long length, ref long compressed, ref long local)
    {
        while (extra.Length >= 4)
        {
            ushort kind = Number16(extra, 0), size = Number16(extra, 2);
            extra = extra[4..];
            if (size > extra.Length)
                return;
            ReadOnlySpan<byte> field = extra[..size];
            if (kind == Zip64Field)
            {
                Take(ref field, ref length);
                Take(ref field, ref compressed);
                Take(ref field, ref local);
                return;
            }
            extra = extra[size..];
        }
    }

    private static void Take(ref ReadOnlySpan<byte> field, ref long value)
    {
        if (value != uint.MaxValue || field.Length < sizeof(long))
            return;
        value = Number64(field, 0);
        field = field[sizeof(long)..];
    }

    private ReadOnlySpan<byte> Part(int at, int length, int end) => length <= end - at && at >= 0
        ? _bytes.AsSpan(at, length)
        : throw new FormatException("its directory ends too early");

    private static int Place(long at, int end) =>
        at >= 0 && at <= end ? (int)at : throw new FormatException("its directory is damaged: it points outside the archive");

    private static string Name(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return _strictUtf8.GetString(bytes);
        }
        catch (DecoderFallbackException e)
        {
            throw new FormatException("the name of a file in it is not valid UTF-8", e);
        }
    }

    private static ushort Number16(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);

    private static uint Number32(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);

    private static long Number64(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadInt64LittleEndian(bytes[at..]);
}
