namespace Elman.Cli;

/// <summary>
/// An output stream that discards data without an error after its reader has closed the pipe, as with <c>| head</c>, or after the terminal
/// was closed, so that training still saves its model. Work that has no other result can check this and end.
/// </summary>
/// <param name="inner">The stream for the output.</param>
internal sealed class ReaderAwareStream(Stream inner) : Stream
{
    private const int BrokenPipe = 32, ClosedTerminal = 5; // EPIPE, EIO

    /// <summary>Creates a stream that has no reader from the start.</summary>
    public static ReaderAwareStream Closed() => new(Null) { IsReaderGone = true };

    /// <summary>Whether the reader has closed the output.</summary>
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
