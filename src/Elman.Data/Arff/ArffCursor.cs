using System.Buffers;

namespace Elman.Data;

/// <summary>Tokenizer for a line of an <c>.arff</c> file: words, quoted words, and the characters between them.</summary>
internal ref struct ArffCursor(TextLines lines)
{
    private static readonly SearchValues<byte> _wordEnds = SearchValues.Create(" \t,{}%'\""u8);

    private readonly ReadOnlySpan<byte> _line = lines.Current;

    /// <summary>The position of the next byte, from 0.</summary>
    public int Position { get; private set; }

    /// <summary>Whether only blanks and a comment remain.</summary>
    public bool IsAtEnd => Peek() is -1 or '%';

    /// <summary>The next non-blank byte, or −1.</summary>
    public int Peek()
    {
        while (Position < _line.Length && _line[Position] is (byte)' ' or (byte)'\t')
            Position++;
        return Position < _line.Length ? _line[Position] : -1;
    }

    /// <summary>Skips a character if it comes next.</summary>
    public bool Take(char sign)
    {
        if (Peek() != sign)
            return false;
        Position++;
        return true;
    }

    /// <summary>Appends the next word; a quoted word may contain any character, escaped with a backslash if needed.</summary>
    /// <returns>Whether it was quoted.</returns>
    /// <exception cref="DataFileException">There is no word, or its quotes don't match.</exception>
    public bool ReadWord(ArrayBufferWriter<byte> target)
    {
        int next = Peek(), start = Position;
        if (next is '\'' or '"')
        {
            ReadQuoted(target, (byte)next);
            if (Position < _line.Length && _line[Position] is not ((byte)' ' or (byte)'\t' or (byte)',' or (byte)'}' or (byte)'%'))
                throw Error("text follows a closing quote; put a backslash before a quote inside quotes.");
            return true;
        }
        int length = _line[Position..].IndexOfAny(_wordEnds);
        if (length < 0)
            length = _line.Length - Position;
        if (length == 0)
            throw Error(next < 0 ? "the line ends where a name or a value is needed; add it."
                : $"'{(char)next}' is not allowed where a name or a value is needed; put text with such characters in quotes.");
        Position += length;
        if (Position < _line.Length && _line[Position] is (byte)'\'' or (byte)'"' or (byte)'%' or (byte)'{')
            throw Error($"'{(char)_line[Position]}' is not allowed inside {NumberText.Quote(_line[start..Position])}; put text with "
                + "such characters in quotes.");
        target.Write(_line.Slice(start, length));
        return false;
    }

    /// <summary>Creates an exception for the next byte.</summary>
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
                throw Error("the quote that starts here is not closed on its line; close it.");
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
                _ => throw Error(@"in quotes, a backslash must be followed by n, r, t, a quote, % or a backslash; write \\ for a "
                    + "backslash."),
            };
            target.Write([meant]);
            Position++;
        }
    }
}
