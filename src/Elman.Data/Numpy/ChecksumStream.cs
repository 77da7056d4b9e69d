using Elman.Checksums;

namespace Elman.Data;

/// <summary>
/// The bytes of an archive entry while they are read. If they can't be decompressed, the stream ends early. It computes the CRC-32 of the
/// bytes, which .NET does not compare with that of the archive.
/// </summary>
internal sealed class ChecksumStream(Stream inner) : ReadingStream
{
    /// <summary>The checksum so far.</summary>
    public uint Checksum { get; private set; }

    public override int Read(Span<byte> buffer)
    {
        int count;
        try
        {
            count = inner.Read(buffer);
        }
        catch (InvalidDataException e)
        {
            throw new EndOfStreamException("The compressed data are damaged.", e);
        }
        Checksum = Crc32.Add(Checksum, buffer[..count]);
        return count;
    }

    /// <summary>Whether there is a further byte.</summary>
    public bool HasMore() => Read(stackalloc byte[1]) > 0;

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }
}
