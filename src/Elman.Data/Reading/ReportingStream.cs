namespace Elman.Data;

/// <summary>
/// The bytes of a binary file while they are read: counts them, reports progress and stops on request. The caller closes the inner stream.
/// The stream is seekable: an inner stream that is not is read into memory first.
/// </summary>
internal sealed class ReportingStream : Stream
{
    private const long MinReportInterval = 1 << 20;

    private readonly Stream _inner;
    private readonly long _start;
    private readonly IProgress<ReadProgress>? _progress;
    private readonly CancellationToken _cancellation;
    private readonly long _reportInterval;
    private long _bytesRead, _nextReport;

    /// <summary>Starts reading.</summary>
    /// <exception cref="IOException">Reading fails.</exception>
    public ReportingStream(Stream inner, IProgress<ReadProgress>? progress, CancellationToken cancellation)
    {
        _progress = progress;
        _cancellation = cancellation;
        _inner = inner;
        if (!inner.CanSeek)
        {
            _inner = new MemoryStream();
            byte[] chunk = new byte[1 << 16];
            for (int count; (count = inner.Read(chunk)) > 0; _inner.Write(chunk, 0, count))
                cancellation.ThrowIfCancellationRequested();
            _inner.Position = 0;
        }
        _start = _inner.Position;
        _reportInterval = Math.Max(MinReportInterval, Length / 200);
        _nextReport = _reportInterval;
        int first = _inner.ReadByte();
        First = first < 0 ? '\0' : (char)first;
        _inner.Position = _start;
    }

    /// <summary>The first byte, which is not consumed; NUL if there is none.</summary>
    public char First { get; }

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => _inner.Length - _start;

    public override long Position
    {
        get => _inner.Position - _start;
        set => _inner.Position = value < 0
            ? throw new EndOfStreamException("The position is before the start of the file.")
            : value + _start;
    }

    public override int Read(Span<byte> buffer)
    {
        _cancellation.ThrowIfCancellationRequested();
        int count = _inner.Read(buffer);
        _bytesRead += count;
        if (_bytesRead >= _nextReport)
        {
            _progress?.Report(new ReadProgress(Math.Min(_bytesRead, Length), Length, 0));
            _nextReport = _bytesRead + _reportInterval;
        }
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(Read(buffer.Span));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        Task.FromResult(Read(buffer.AsSpan(offset, count)));

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => Position + offset,
        _ => Length + offset,
    };

    /// <summary>Reports the final state.</summary>
    public void ReportEnd(int sequences) => _progress?.Report(new ReadProgress(Length, Length, sequences));

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
