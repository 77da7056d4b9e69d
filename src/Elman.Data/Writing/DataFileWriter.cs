namespace Elman.Data;

/// <summary>Writes data sets as the name of a file says.</summary>
internal static class DataFileWriter
{
    /// <summary>The extensions of files that can be written.</summary>
    public static IReadOnlyList<string> Extensions { get; } = [".ts", ".csv", ".tsv", ".arff", ".jsonl", ".ndjson"];

    /// <summary>The format of a file by its name, or <see langword="null"/> where it can't be written.</summary>
    public static TextFormat? Find(string path) =>
        TextFormat.Find(Path.GetFileName(path)) is { } format && Extensions.Contains(format.Extension) ? format : null;

    /// <summary>Writes a file, and returns the notes on it.</summary>
    /// <exception cref="ArgumentException">The format is not known, or can't hold the data set.</exception>
    public static IReadOnlyList<string> Write(string path, SequenceDataset data)
    {
        if (Find(path) is not { } format)
            throw new ArgumentException(
                $"{TextFormat.Describe(path)} can't be written; files that can be are {string.Join(", ", Extensions)}, and these with .gz "
                    + "behind.", nameof(path));
        switch (format.Extension)
        {
            case ".ts":
                TsWriter.Write(path, data, ProblemName(path));
                break;
            case ".arff":
                ArffWriter.Write(path, data);
                break;
            case ".jsonl" or ".ndjson":
                JsonLinesWriter.Write(path, data);
                break;
            default:
                CsvWriter.Write(path, data);
                break;
        }
        return WritingNotes.Of(data, format.Extension);
    }

    /// <summary>The name of the file without extensions, as one word.</summary>
    private static string ProblemName(string path)
    {
        string name = Path.GetFileName(path).Split('.')[0];
        name = string.Concat(name.Select(c => char.IsWhiteSpace(c) || char.IsControl(c) ? '_' : c));
        return name.Length > 0 ? name : "data";
    }
}
