namespace Elman.Cli;

/// <summary>
/// A stream for output that goes on silently when its reader is gone, as after <c>| head</c> or when the terminal was closed, so that
/// training still saves its model; work without another result can see it and end.
/// </summary>
/// <param name="inner">Where the output goes.</param>
internal sealed class ReaderAwareStream(Stream inner) : Stream
{
    private const int BrokenPipe = 32, ClosedTerminal = 5; // EPIPE, EIO

    /// <summary>A stream without a reader from the start.</summary>
    public static ReaderAwareStream Closed() => new(Null) { IsReaderGone = true };

    /// <summary>Whether nobody reads the output any more.</summary>
    public bool IsReaderGone { get; private set; }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        try
        {
            if (!IsReaderGone)
                inner.Write(buffer);
        }
        catch (IOException e) when (e.HResult is BrokenPipe or ClosedTerminal)
        {
            IsReaderGone = true;
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush() => inner.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }
}
