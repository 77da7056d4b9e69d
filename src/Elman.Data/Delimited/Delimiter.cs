namespace Elman.Data;

/// <summary>Detects the character that separates the fields of a <c>.csv</c> file.</summary>
internal static class Delimiter
{
    /// <summary>
    /// Returns a comma, unless the first line uses semicolons, tabs or bars: it contains one of these, and each comma in it can only be a
    /// decimal comma. Returns a blank if it contains none of all these, and each line consists of unquoted fields separated by blanks.
    /// </summary>
    /// <param name="start">The start of the file; if the first line is longer, only this part of it is evaluated.</param>
    /// <param name="isCommaDecimal">Whether numbers have a decimal comma, so that commas are no delimiters.</param>
    public static char Detect(ReadOnlySpan<byte> start, bool isCommaDecimal = false)
    {
        // As in reading, blank lines don't count.
        ReadOnlySpan<byte> text = start.TrimStart("\uFEFF \r\n"u8);
        int semicolons = 0, tabs = 0, bars = 0, blanks = 0, length = 0;
        bool quoted = false, separatingComma = false, commaInCell = false;
        for (; length < text.Length; length++)
        {
            byte c = text[length];
            if (c == '"')
                quoted = !quoted;
            if (quoted)
                continue;
            if (c is (byte)'\n' or (byte)'\r')
                break;
            if (c is (byte)';' or (byte)'\t' or (byte)'|')
            {
                _ = c == ';' ? semicolons++ : c == '|' ? bars++ : tabs++;
                commaInCell = false;
            }
            else if (c == ' ')
            {
                blanks++;
            }
            else if (c == ',' && !isCommaDecimal)
            {
                bool betweenDigits = length > 0 && IsDigit(text[length - 1]) && length + 1 < text.Length && IsDigit(text[length + 1]);
                separatingComma |= commaInCell || !betweenDigits;
                commaInCell = true;
            }
        }
        if (separatingComma)
            return ',';
        if (semicolons + tabs + bars > 0)
            return semicolons >= tabs && semicolons >= bars ? ';' : tabs >= bars ? '\t' : '|';
        return blanks > 0 && !commaInCell && AreNumbersBetweenBlanks(text) ? ' ' : isCommaDecimal ? ';' : ',';
    }

    /// <summary>
    /// Whether the first complete lines, up to eight, are numbers separated by blanks, except the first line and one field of each line.
    /// </summary>
    private static bool AreNumbersBetweenBlanks(ReadOnlySpan<byte> text)
    {
        int lines = 0, fields = 0;
        foreach (Range range in text.Split((byte)'\n'))
        {
            int numbers = 0, others = 0;
            ReadOnlySpan<byte> line = text[range].Trim(" \t\r"u8);
            foreach (Range field in line.SplitAny(" \t"u8))
            {
                if (line[field].IsEmpty)
                    continue;
                _ = NumberText.IsMeantAsNumber(line[field]) || DecimalComma.IsMeant(line[field]) ? numbers++ : others++;
            }
            if (lines > 0 && !line.IsEmpty && others > 1)
                return false;
            if (lines == 0 && numbers + others < 2)
                return false;
            fields += numbers;
            if (++lines == 8)
                break;
        }
        return fields > 1;
    }

    private static bool IsDigit(byte c) => c is >= (byte)'0' and <= (byte)'9';
}
