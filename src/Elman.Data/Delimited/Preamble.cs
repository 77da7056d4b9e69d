using System.Text;

namespace Elman.Data;

/// <summary>The lines before the first row of a delimited file: comments, and the separator line of some spreadsheets.</summary>
/// <param name="Lines">The number of lines.</param>
/// <param name="Separator">The separator of a line such as <c>sep=;</c>, if there is one.</param>
internal readonly record struct Preamble(int Lines, char? Separator)
{
    /// <summary>
    /// Skips these lines. The last comment is read as the header if its number of names is the number of fields of the next line.
    /// </summary>
    /// <exception cref="DataFileException">The inspected part consists of comments.</exception>
    public static Preamble Skip(SourceStream source, Remarks remarks)
    {
        ReadOnlySpan<byte> text = source.PeekStart();
        int at = text.StartsWith("\uFEFF"u8) ? 3 : 0, lines = 0, comments = 0, lastComment = -1;
        char? separator = null;
        while (at < text.Length)
        {
            ReadOnlySpan<byte> line = LineAt(text, at, out int next);
            ReadOnlySpan<byte> trimmed = line.Trim(" \t\r\""u8);
            bool isComment = trimmed.StartsWith("#"u8), isSeparator = trimmed.Length <= 5 && trimmed.StartsWith("sep="u8);
            if (!isComment && !isSeparator && !(trimmed.IsEmpty && line.Trim(" \t\r"u8).IsEmpty))
                break;
            if (isSeparator)
                separator = trimmed.Length == 5 ? (char)trimmed[4] : '\t';
            if (isComment)
                (comments, lastComment) = (comments + 1, at);
            lines++;
            at = next;
        }
        if (lastComment >= 0 && IsHeader(
            LineAt(text, lastComment, out int behind), at < text.Length ? LineAt(text, at, out _) : [], separator) && behind == at)
        {
            (at, lines, comments) = (lastComment + text[lastComment..].IndexOf((byte)'#') + 1, lines - 1, comments - 1);
        }
        else if (at >= text.Length && comments > 0)
        {
            throw new DataFileException(source.Name,
                $"the file has only {comments} lines that begin with #, which are comments.");
        }
        if (comments > 0)
            remarks.Add("comments", $"{(comments == 1 ? "1 line that begins" : $"{comments} lines that begin")} with # at the start of "
                + $"the file {(comments == 1 ? "is" : "are")} skipped as {(comments == 1 ? "a comment" : "comments")}.");
        source.Skip(at);
        return new Preamble(lines, separator);
    }

    private static ReadOnlySpan<byte> LineAt(ReadOnlySpan<byte> text, int at, out int next)
    {
        int length = text[at..].IndexOf((byte)'\n');
        next = length < 0 ? text.Length : at + length + 1;
        return text[at..(length < 0 ? text.Length : at + length)];
    }

    /// <summary>Whether a comment has one name for each field of the first row, and the first row consists of numbers.</summary>
    private static bool IsHeader(ReadOnlySpan<byte> comment, ReadOnlySpan<byte> row, char? separator)
    {
        char divider = separator ?? Delimiter.Detect(row);
        string[] names = Fields(Encoding.UTF8.GetString(comment).Trim().TrimStart('#'), divider),
            fields = Fields(Encoding.UTF8.GetString(row), divider);
        return names.Length > 1 && names.Length == fields.Length
            && fields.Select(Encoding.UTF8.GetBytes).Any(field => NumberText.IsMeantAsNumber(field) || DecimalComma.IsMeant(field))
            && !names.Any(name => NumberText.IsMeantAsNumber(Encoding.UTF8.GetBytes(name)));
    }

    private static string[] Fields(string line, char divider) => line.Trim().Split(divider, divider == ' '
        ? StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries
        : StringSplitOptions.TrimEntries);
}
