using System.Text;

namespace Elman.Data;

/// <summary>
/// The bytes of a text file while they are read: verifies that they are UTF-8 without zero bytes, counts them, reports progress and stops
/// on request. The caller closes the inner stream.
/// </summary>
internal sealed class SourceStream : ReadingStream
{
    private const int BufferLength = 1 << 16;
    private const long MinReportInterval = 1 << 20;

    private readonly Stream _inner;
    private readonly IProgress<ReadProgress>? _progress;
    private readonly CancellationToken _cancellation;
    private readonly Decoder _decoder = new UTF8Encoding(false, throwOnInvalidBytes: true).GetDecoder();
    private readonly byte[] _buffer = new byte[BufferLength];
    private char[]? _decoded; // not needed for most files
    private readonly long? _totalBytes;
    private readonly long _reportInterval;
    private int _position, _end;
    private long _bytesRead, _newlines, _nextReport;
    private bool _atEnd, _insideCharacter;

    public SourceStream(Stream inner, string name, IProgress<ReadProgress>? progress = null, CancellationToken cancellation = default)
    {
        _inner = inner;
        Name = name;
        _progress = progress;
        _cancellation = cancellation;
        _totalBytes = inner.CanSeek ? inner.Length - inner.Position : null;
        _reportInterval = Math.Max(MinReportInterval, (_totalBytes ?? 0) / 200);
        _nextReport = _reportInterval;
    }

    /// <summary>The file name for messages.</summary>
    public string Name { get; }

    /// <summary>The number of sequences read so far; set by the reader, for progress reports.</summary>
    public int Sequences { get; set; }

    /// <summary>Returns the first bytes, up to 64 KiB, without consuming them.</summary>
    public ReadOnlySpan<byte> PeekStart()
    {
        while (!_atEnd && _end < BufferLength)
            Fill();
        return _buffer.AsSpan(_position, _end - _position);
    }

    /// <summary>Skips bytes that <see cref="PeekStart"/> has returned.</summary>
    public void Skip(int count) => _position += count;

    public override int Read(Span<byte> buffer)
    {
        if (_position == _end)
        {
            _position = _end = 0;
            if (!_atEnd)
                Fill();
        }
        int count = Math.Min(buffer.Length, _end - _position);
        _buffer.AsSpan(_position, count).CopyTo(buffer);
        _position += count;
        return count;
    }

    /// <summary>Reports the final state.</summary>
    public void ReportEnd() => _progress?.Report(new ReadProgress(_bytesRead, _totalBytes, Sequences));

    private void Fill()
    {
        _cancellation.ThrowIfCancellationRequested();
        int count = _inner.Read(_buffer, _end, BufferLength - _end);
        _atEnd = count == 0;
        Check(_buffer.AsSpan(_end, count));
        _end += count;
        _bytesRead += count;
        if (_bytesRead < _nextReport)
            return;
        _progress?.Report(new ReadProgress(_bytesRead, _totalBytes, Sequences));
        _nextReport = _bytesRead + _reportInterval;
    }

    private void Check(ReadOnlySpan<byte> bytes)
    {
        if (_bytesRead == 0 && bytes is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..])
            throw new DataFileException(Name, "the text is UTF-16; save the file as UTF-8.");
        int zero = bytes.IndexOf((byte)0);
        if (zero >= 0)
            throw new DataFileException(
                Name, "there is a zero byte, so this is not a text file; give a text file in UTF-8.", LineAt(bytes, zero));
        // ASCII text needs no decoding; nearly every data file is ASCII.
        if (_insideCharacter || _atEnd || !Ascii.IsValid(bytes))
        {
            try
            {
                _decoder.Convert(bytes, _decoded ??= new char[BufferLength + 1], _atEnd, out _, out _, out _);
            }
            catch (DecoderFallbackException e)
            {
                throw new DataFileException(Name, "there are bytes that are not valid UTF-8; save the file as UTF-8.",
                    LineAt(bytes, Math.Clamp(e.Index, 0, bytes.Length)), innerException: e);
            }
            _insideCharacter = bytes is [.., > 0x7F];
        }
        _newlines += bytes.Count((byte)'\n');
    }

    private long LineAt(ReadOnlySpan<byte> bytes, int index) => _newlines + bytes[..index].Count((byte)'\n') + 1;
}
