using System.Buffers;
using System.Text;

namespace Elman.Data;

/// <summary>The end of a cell of a <c>.ts</c> file.</summary>
internal enum CellEnd
{
    /// <summary>A comma: a value of the same channel follows.</summary>
    Comma,

    /// <summary>A colon: another channel or the label follows.</summary>
    Colon,

    /// <summary>The end of the line or of the file.</summary>
    Line,
}

/// <summary>
/// Splits the bytes of a <c>.ts</c> file into lines and cells, and tracks the position. A line may have any length: only one cell has to
/// fit into memory.
/// </summary>
internal sealed class TsScanner(SourceStream source)
{
    /// <summary>The maximum length of a cell or header line in bytes.</summary>
    public const int MaxLength = 1 << 20;

    private static readonly SearchValues<byte> _cellEnds = SearchValues.Create(",:\n\r"u8);
    private static readonly SearchValues<byte> _stampEnds = SearchValues.Create(")\n\r"u8);
    private static readonly SearchValues<byte> _lineEnds = SearchValues.Create("\n\r"u8);

    private byte[] _buffer = new byte[1 << 16];
    private int _position, _end;
    private bool _atEnd, _started;
    private long _lineStart; // offset of the line's first byte in the file
    private long _bufferStart; // offset of the buffer's first byte in the file

    /// <summary>The current line, from 1.</summary>
    public long Line { get; private set; } = 1;

    /// <summary>The position of the start of the last cell in its line, in characters from 1.</summary>
    public int CellColumn { get; private set; } = 1;

    /// <summary>Returns the next unread byte, or −1 at the end.</summary>
    public int Peek()
    {
        if (!_started)
            SkipByteOrderMark();
        return _position < _end || Fill(_position) ? _buffer[_position] : -1;
    }

    /// <summary>Skips blanks and tabs.</summary>
    public void SkipBlanks()
    {
        while (Peek() is ' ' or '\t')
            _position++;
    }

    /// <summary>Skips the rest of the line.</summary>
    public void SkipLine()
    {
        while (Peek() >= 0)
        {
            int length = _buffer.AsSpan(_position, _end - _position).IndexOfAny(_lineEnds);
            if (length >= 0)
            {
                _position += length;
                EndLine();
                return;
            }
            _position = _end;
        }
    }

    /// <summary>Returns the rest of the line, for the header; valid until the next call.</summary>
    public ReadOnlySpan<byte> ReadLine()
    {
        ReadOnlySpan<byte> line = Take(_lineEnds, "a header line");
        if (_position < _end)
            EndLine();
        return line;
    }

    /// <summary>
    /// Returns the next cell of the line, with the blanks around it; valid until the next call. After <see cref="CellEnd.Line"/>,
    /// <see cref="Line"/> is still the line of the cell until <see cref="EndLine"/>.
    /// </summary>
    public CellEnd ReadCell(out ReadOnlySpan<byte> cell)
    {
        MarkColumn();
        cell = Take(_cellEnds, "a value");
        if (_position == _end)
            return CellEnd.Line;
        switch (_buffer[_position])
        {
            case (byte)',':
                _position++;
                return CellEnd.Comma;
            case (byte)':':
                _position++;
                return CellEnd.Colon;
            default:
                return CellEnd.Line;
        }
    }

    /// <summary>
    /// Reads up to the next closing parenthesis of the line, from the opening one on; the result is valid until the next call.
    /// <see cref="ReadCell"/> continues after it.
    /// </summary>
    /// <returns>Whether there is a closing parenthesis.</returns>
    public bool ReadStamped(out ReadOnlySpan<byte> stamped)
    {
        MarkColumn();
        stamped = Take(_stampEnds, "a value");
        if (_position == _end || _buffer[_position] != ')')
            return false;
        _position++;
        return true;
    }

    /// <summary>Skips a line break, if one comes next: \n, \r\n or \r.</summary>
    public void EndLine()
    {
        int next = Peek();
        if (next is not ('\n' or '\r'))
            return;
        _position++;
        if (next == '\r' && Peek() == '\n')
            _position++;
        Line++;
        _lineStart = _bufferStart + _position;
    }

    // Numbers are ASCII, so bytes are characters up to the first cell that can contain an error.
    private void MarkColumn() => CellColumn = (int)Math.Min(_bufferStart + _position - _lineStart + 1, int.MaxValue);

    // Returns everything up to one of the end bytes, which stays unread, or up to the end of the file.
    private ReadOnlySpan<byte> Take(SearchValues<byte> ends, string what)
    {
        int start = _position, seen = 0;
        while (true)
        {
            int length = _buffer.AsSpan(start + seen, _end - start - seen).IndexOfAny(ends);
            if (length >= 0)
            {
                _position = start + seen + length;
                return _buffer.AsSpan(start, seen + length);
            }
            seen = _end - start;
            if (seen > MaxLength)
            {
                throw new DataFileException(source.Name,
                    $"{NumberText.Quote(_buffer.AsSpan(start, seen))} has more than {MaxLength} bytes, which is too long for {what}; "
                        + "check the file.",
                    Line, CellColumn);
            }
            bool more = Fill(start);
            start = 0;
            if (!more)
            {
                _position = _end;
                return _buffer.AsSpan(0, _end);
            }
        }
    }

    // Moves pending bytes to the front and reads more; false at the end of the file.
    private bool Fill(int keepFrom)
    {
        int kept = _end - keepFrom;
        _buffer.AsSpan(keepFrom, kept).CopyTo(_buffer);
        _bufferStart += keepFrom;
        _position -= keepFrom;
        _end = kept;
        if (_atEnd)
            return false;
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
        ReadOnlySpan<byte> mark = Encoding.UTF8.Preamble;
        if (!source.PeekStart().StartsWith(mark))
            return;
        Fill(0);
        _position = mark.Length;
        _lineStart = mark.Length;
    }
}
