namespace Elman.Data;

/// <summary>The exception for a data file that can't be read. The message states the position, the problem and what to do.</summary>
/// <remarks><see cref="Exception.Message"/> is one sentence for the reader of the file, such as
/// <c>walk.ts, line 12, column 3: '1.2.3' is not a number …</c>.</remarks>
public sealed class DataFileException : IOException
{
    /// <summary>Creates an exception for a problem in a file, optionally at a position.</summary>
    /// <param name="path">The file, as the caller named it.</param>
    /// <param name="problem">The problem and what to do, without the position.</param>
    /// <param name="line">The line, from 1, or <see langword="null"/> if the problem concerns the whole file.</param>
    /// <param name="column">The column, from 1, or <see langword="null"/> if the problem concerns the whole line.</param>
    /// <param name="columnName">The name of the column in the message; by default <c>column N</c>.</param>
    /// <param name="innerException">The exception that caused the problem, if there is one.</param>
    public DataFileException(
        string path, string problem, long? line = null, int? column = null, string? columnName = null, Exception? innerException = null)
        : base(Compose(path, problem, line, column, columnName), innerException)
    {
        Path = path;
        Line = line;
        Column = column;
    }

    /// <summary>The file, as the caller named it.</summary>
    public string Path { get; }

    /// <summary>The line, from 1; <see langword="null"/> if the problem concerns the whole file.</summary>
    public long? Line { get; }

    /// <summary>
    /// The position from 1: of the character in a line of a <c>.ts</c> file, of the field in a row of a delimited file;
    /// <see langword="null"/> if the problem concerns the whole line.
    /// </summary>
    public int? Column { get; }

    private static string Compose(string path, string problem, long? line, int? column, string? columnName)
    {
        if (line is null)
            return $"{path}: {problem}";
        return column is null ? $"{path}, line {line}: {problem}" : $"{path}, line {line}, {columnName ?? $"column {column}"}: {problem}";
    }
}
