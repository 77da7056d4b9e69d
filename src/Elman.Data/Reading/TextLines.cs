using System.Text;

namespace Elman.Data;

/// <summary>The lines of a text, one at a time; they may end with \n, \r\n or \r.</summary>
internal sealed class TextLines(SourceStream source)
{
    /// <summary>The maximum length of a line in bytes; about 30 million values.</summary>
    public const int MaxLength = 1 << 28;

    private byte[] _buffer = new byte[1 << 12];
    private int _position, _end, _start, _length;
    private bool _atEnd, _started, _skipsLineFeed;

    /// <summary>The file name for messages.</summary>
    public string Source => source.Name;

    /// <summary>The number of the current line, from 1.</summary>
    public long Line { get; private set; }

    /// <summary>The current line without its end; valid until the next one.</summary>
    public ReadOnlySpan<byte> Current => _buffer.AsSpan(_start, _length);

    /// <summary>Advances to the next line, which may be empty.</summary>
    /// <exception cref="DataFileException">The line is too long.</exception>
    public bool Read()
    {
        if (!_started)
            SkipByteOrderMark();
        if (_skipsLineFeed && (_position < _end || Fill()) && _buffer[_position] == '\n')
            _position++;
        _skipsLineFeed = false;
        int seen = 0;
        while (true)
        {
            int length = _buffer.AsSpan(_position + seen, _end - _position - seen).IndexOfAny((byte)'\n', (byte)'\r');
            if (length >= 0)
            {
                Take(seen + length, ending: 1);
                _skipsLineFeed = _buffer[_position - 1] == '\r';
                return true;
            }
            seen = _end - _position;
            if (seen > MaxLength)
                throw new DataFileException(source.Name,
                    $"the line has more than {MaxLength} bytes; write one sequence per line.", Line + 1);
            if (Fill())
                continue;
            if (seen == 0)
                return false;
            Take(seen, ending: 0);
            return true;
        }
    }

    /// <summary>Returns the position of a byte of the current line, in characters from 1.</summary>
    public int ColumnOf(int offset) => Encoding.UTF8.GetCharCount(Current[..Math.Min(offset, _length)]) + 1;

    /// <summary>Creates an exception for the current line.</summary>
    public DataFileException Error(string problem) => new(source.Name, problem, Line);

    /// <summary>Creates an exception for a byte of the current line, from 0.</summary>
    public DataFileException Error(int offset, string problem) => new(source.Name, problem, Line, ColumnOf(offset));

    private void Take(int length, int ending)
    {
        (_start, _length) = (_position, length);
        _position += length + ending;
        Line++;
    }

    // Moves unread bytes to the front and reads more; false at the end of the file.
    private bool Fill()
    {
        if (_atEnd)
            return false;
        _buffer.AsSpan(_position, _end - _position).CopyTo(_buffer);
        (_position, _end) = (0, _end - _position);
        if (_end == _buffer.Length)
            Array.Resize(ref _buffer, 2 * _buffer.Length);
        int count = source.Read(_buffer.AsSpan(_end));
        _end += count;
        _atEnd = count == 0;
        return !_atEnd;
    }

    private void SkipByteOrderMark()
    {
        _started = true;
        if (source.PeekStart().StartsWith(Encoding.UTF8.Preamble))
            source.Skip(Encoding.UTF8.Preamble.Length);
    }
}
