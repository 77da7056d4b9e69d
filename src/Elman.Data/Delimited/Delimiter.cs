namespace Elman.Data;

/// <summary>Which character separates the fields of a <c>.csv</c> file.</summary>
internal static class Delimiter
{
    /// <summary>
    /// A comma, unless the first line plainly uses semicolons, tabs or bars: it has one, and each comma of it can only be a decimal comma.
    /// Blanks, if it has none of all these, and each line consists of fields without quotes between them.
    /// </summary>
    /// <param name="start">The start of the file; a longer first line is evaluated by this part.</param>
    /// <param name="isCommaDecimal">Whether numbers have a decimal comma, so that commas divide nothing.</param>
    public static char Detect(ReadOnlySpan<byte> start, bool isCommaDecimal = false)
    {
        // As in reading, lines that are blank don't count.
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
    /// Whether the first lines, up to eight that are whole, are numbers divided by blanks, except the first of them and one field of each.
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
