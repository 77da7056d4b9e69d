namespace Elman.Cli.Input;

/// <summary>A stream that allows the first non-blank character to be inspected before it is read.</summary>
internal sealed class PeekedStream : Stream
{
    private readonly Stream _source;
    private readonly byte[] _start = new byte[256];
    private readonly int _length;
    private int _position;

    /// <summary>Reads the beginning of a stream.</summary>
    public PeekedStream(Stream source)
    {
        _source = source;
        _length = source.ReadAtLeast(_start, _start.Length, throwOnEndOfStream: false);
        foreach (byte b in _start.AsSpan(0, _length))
        {
            // 0xEF, 0xBB, 0xBF: the UTF-8 byte order mark.
            if (b is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' or 0xEF or 0xBB or 0xBF)
                continue;
            First = (char)b;
            break;
        }
    }

    /// <summary>The binary format detected by the first bytes; <see langword="null"/> for text.</summary>
    public string? Format => _start.AsSpan(0, _length) switch
    {
        [(byte)'P', (byte)'A', (byte)'R', (byte)'1', < 0x20 or > 0x7F, ..] => "parquet",
        [(byte)'A', (byte)'R', (byte)'R', (byte)'O', (byte)'W', (byte)'1', 0, ..] or [0xFF, 0xFF, 0xFF, 0xFF, ..] => "arrow",
        [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', ..] => "npy",
        [(byte)'P', (byte)'K', 3, 4, ..] => "npz",
        _ => null,
    };

    /// <summary>The first non-blank character; NUL if there is none in the buffer.</summary>
    public char First { get; }

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        if (_position == _length)
            return _source.Read(buffer);
        int count = Math.Min(buffer.Length, _length - _position);
        _start.AsSpan(_position, count).CopyTo(buffer);
        _position += count;
        return count;
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
