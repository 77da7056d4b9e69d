using System.Globalization;

namespace Elman.Data;

/// <summary>Parses the Python literals in the header of an array, one after the other.</summary>
internal sealed class PythonLiteral(string text)
{
    private const int MostAxes = 32;

    private int _at;

    /// <summary>The next character that is not a blank; NUL at the end.</summary>
    public char Next
    {
        get
        {
            while (_at < text.Length && text[_at] is ' ' or '\n')
                _at++;
            return _at < text.Length ? text[_at] : '\0';
        }
    }

    /// <summary>Whether the end is reached.</summary>
    public bool IsAtEnd => Next == '\0' && _at >= text.Length;

    /// <summary>Consumes a character, if it is the next.</summary>
    public bool TryTake(char expected)
    {
        if (Next != expected || IsAtEnd)
            return false;
        _at++;
        return true;
    }

    /// <summary>Reads a text in single or double quotes, without escapes.</summary>
    public bool TryText(out string value)
    {
        value = "";
        char quote = Next;
        if (quote is not ('\'' or '"'))
            return false;
        int end = text.IndexOf(quote, _at + 1);
        if (end < 0)
            return false;
        value = text[(_at + 1)..end];
        _at = end + 1;
        return true;
    }

    /// <summary>Reads <c>True</c> or <c>False</c>.</summary>
    public bool TryBoolean(out bool value)
    {
        value = Next == 'T';
        string word = value ? "True" : "False";
        if (string.CompareOrdinal(text, _at, word, 0, word.Length) != 0)
            return false;
        _at += word.Length;
        return true;
    }

    /// <summary>Reads integers in parentheses, such as <c>(3, 4)</c>, <c>(3,)</c> and <c>()</c>.</summary>
    public bool TryTuple(out long[] values)
    {
        var found = new List<long>();
        bool isRight = TryTake('(');
        while (isRight && !TryTake(')'))
        {
            _ = Next; // skips blanks
            int begin = _at;
            while (_at < text.Length && char.IsAsciiDigit(text[_at]))
                _at++;
            isRight = long.TryParse(text.AsSpan(begin, _at - begin), NumberStyles.None, CultureInfo.InvariantCulture, out long number)
                && found.Count < MostAxes;
            found.Add(number);
            // Python 2 wrote 3L.
            TryTake('L');
            isRight &= TryTake(',') || Next == ')';
        }
        values = [.. found];
        return isRight;
    }
}
