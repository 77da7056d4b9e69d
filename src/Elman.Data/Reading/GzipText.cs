using System.IO.Compression;

namespace Elman.Data;

/// <summary>The text of a <c>.gz</c> file, decompressed while it is read. The caller closes the inner stream.</summary>
/// <remarks>
/// .NET treats a truncated file as a complete one. So a small known gzip member is appended after the last byte: it is decompressed
/// correctly only if everything before it was complete.
/// </remarks>
internal sealed class GzipText : ReadingStream
{
    private static readonly byte[] _mark = "the end"u8.ToArray();
    private static readonly byte[] _packedMark = Pack(_mark);

    private readonly string _name;
    private readonly Tail _tail;
    private readonly GZipStream _text;
    private bool _isComplete;

    /// <summary>Starts decompression.</summary>
    /// <param name="packed">The bytes of the file.</param>
    /// <param name="name">The file name for messages.</param>
    public GzipText(Stream packed, string name)
    {
        _name = name;
        _tail = new Tail(packed, _packedMark);
        _text = new GZipStream(_tail, CompressionMode.Decompress, leaveOpen: true);
    }

    public override int Read(Span<byte> buffer)
    {
        if (_isComplete || buffer.IsEmpty)
            return 0;
        try
        {
            int count = _text.Read(buffer);
            if (count > 0)
                return count;
            CheckComplete();
            return 0;
        }
        catch (InvalidDataException e)
        {
            throw _tail.HasEnded
                ? BrokenOff(e)
                : new DataFileException(_name, _tail.IsGzip
                    ? "the compressed data are damaged; get the file again."
                    : "the file is not a valid .gz file; remove .gz from its name, or compress it with gzip.",
                    innerException: e);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _text.Dispose();
        base.Dispose(disposing);
    }

    private void CheckComplete()
    {
        _tail.GoOn();
        byte[] rest = new byte[_mark.Length + 1];
        int count = _text.ReadAtLeast(rest, rest.Length, throwOnEndOfStream: false);
        if (!rest.AsSpan(0, count).SequenceEqual(_mark))
            throw BrokenOff(null);
        _isComplete = true;
    }

    private DataFileException BrokenOff(Exception? e) => new(_name,
        "the compressed data are truncated or followed by other data; get the file again.", innerException: e);

    private static byte[] Pack(byte[] text)
    {
        using var packed = new MemoryStream();
        using (var writer = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            writer.Write(text);
        return packed.ToArray();
    }

    /// <summary>A stream that ends and continues with other bytes on request.</summary>
    private sealed class Tail(Stream inner, byte[] more) : ReadingStream
    {
        private int _position = -1;
        private int _first = -1;

        /// <summary>Whether the inner stream has ended.</summary>
        public bool HasEnded { get; private set; }

        /// <summary>Whether the stream began like a compressed file.</summary>
        public bool IsGzip => _first == 0x1F;

        public void GoOn() => _position = 0;

        public override int Read(Span<byte> buffer)
        {
            if (_position >= 0)
            {
                int rest = Math.Min(buffer.Length, more.Length - _position);
                more.AsSpan(_position, rest).CopyTo(buffer);
                _position += rest;
                return rest;
            }
            int count = HasEnded ? 0 : inner.Read(buffer);
            HasEnded |= count == 0;
            if (_first < 0 && count > 0)
                _first = buffer[0];
            return count;
        }
    }
}
