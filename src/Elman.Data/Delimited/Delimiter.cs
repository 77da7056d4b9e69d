namespace Elman.Data;

/// <summary>Which character separates the fields of a <c>.csv</c> file.</summary>
internal static class Delimiter
{
    /// <summary>A comma, unless the first line plainly uses semicolons or tabs: it has one, and each comma of it can only be a decimal comma.</summary>
    /// <param name="start">The start of the file; a first line that is longer is judged by what is there.</param>
    public static char Detect(ReadOnlySpan<byte> start)
    {
        // As in reading, lines that are blank don't count.
        ReadOnlySpan<byte> text = start.TrimStart("\uFEFF \r\n"u8);
        int semicolons = 0, tabs = 0, length = 0;
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
            if (c is (byte)';' or (byte)'\t')
            {
                _ = c == ';' ? semicolons++ : tabs++;
                commaInCell = false;
            }
            else if (c == ',')
            {
                bool betweenDigits = length > 0 && IsDigit(text[length - 1]) && length + 1 < text.Length && IsDigit(text[length + 1]);
                separatingComma |= commaInCell || !betweenDigits;
                commaInCell = true;
            }
        }
        if (separatingComma || (semicolons == 0 && tabs == 0))
            return ',';
        return semicolons >= tabs ? ';' : '\t';
    }

    private static bool IsDigit(byte c) => c is >= (byte)'0' and <= (byte)'9';
}
