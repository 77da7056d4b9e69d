using System.Buffers;

namespace Elman.Data;

/// <summary>Goes through a line of an <c>.arff</c> file: words, words in quotes, and the signs between them.</summary>
internal ref struct ArffCursor(TextLines lines)
{
    private static readonly SearchValues<byte> _wordEnds = SearchValues.Create(" \t,{}%'\""u8);

    private readonly ReadOnlySpan<byte> _line = lines.Current;

    /// <summary>The byte that comes next, from 0.</summary>
    public int Position { get; private set; }

    /// <summary>Whether nothing but blanks and a comment is left.</summary>
    public bool IsAtEnd => Peek() is -1 or '%';

    /// <summary>The next byte that is no blank, or −1.</summary>
    public int Peek()
    {
        while (Position < _line.Length && _line[Position] is (byte)' ' or (byte)'\t')
            Position++;
        return Position < _line.Length ? _line[Position] : -1;
    }

    /// <summary>Steps over a sign if it comes next.</summary>
    public bool Take(char sign)
    {
        if (Peek() != sign)
            return false;
        Position++;
        return true;
    }

    /// <summary>Adds the next word to what was read; in quotes it may hold anything, with backslashes before what would end it.</summary>
    /// <returns>Whether it stood in quotes.</returns>
    /// <exception cref="DataFileException">There is no word, or its quotes don't match.</exception>
    public bool ReadWord(ArrayBufferWriter<byte> target)
    {
        int next = Peek(), start = Position;
        if (next is '\'' or '"')
        {
            ReadQuoted(target, (byte)next);
            if (Position < _line.Length && _line[Position] is not ((byte)' ' or (byte)'\t' or (byte)',' or (byte)'}' or (byte)'%'))
                throw Error("a closing quote is followed by text; put a backslash before a quote inside quotes.");
            return true;
        }
        int length = _line[Position..].IndexOfAny(_wordEnds);
        if (length < 0)
            length = _line.Length - Position;
        if (length == 0)
            throw Error(next < 0 ? "the line ends where a name or a value is needed; add it."
                : $"'{(char)next}' stands where a name or a value is needed; put text with such signs in quotes.");
        Position += length;
        if (Position < _line.Length && _line[Position] is (byte)'\'' or (byte)'"' or (byte)'%' or (byte)'{')
            throw Error($"'{(char)_line[Position]}' stands inside of {NumberText.Quote(_line[start..Position])}; "
                + "put text with such signs in quotes.");
        target.Write(_line.Slice(start, length));
        return false;
    }

    /// <summary>An error at the next byte.</summary>
    public readonly DataFileException Error(string problem) => lines.Error(Position, problem);

    private void ReadQuoted(ArrayBufferWriter<byte> target, byte quote)
    {
        int start = Position++;
        while (true)
        {
            int length = _line[Position..].IndexOfAny(quote, (byte)'\\');
            if (length < 0)
            {
                Position = start;
                throw Error("the quote that opens here is not closed on its line; close it.");
            }
            target.Write(_line.Slice(Position, length));
            Position += length + 1;
            if (_line[Position - 1] == quote)
                return;
            byte escaped = Position < _line.Length ? _line[Position] : (byte)0;
            byte meant = escaped switch
            {
                (byte)'n' => (byte)'\n',
                (byte)'r' => (byte)'\r',
                (byte)'t' => (byte)'\t',
                (byte)'\\' or (byte)'\'' or (byte)'"' or (byte)'%' => escaped,
                _ => throw Error(@"a backslash in quotes stands before n, r, t, a quote, % or another backslash; write \\ for one."),
            };
            target.Write([meant]);
            Position++;
        }
    }
}
