namespace Elman.Data;

/// <summary>Writes data sets in the format that the file name selects.</summary>
internal static class DataFileWriter
{
    /// <summary>Returns the format of a file by its name, or <see langword="null"/> if it can't be written.</summary>
    public static TextFormat? Find(string path) =>
        TextFormat.Find(Path.GetFileName(path)) is { } format && DataFormats.CanWrite(format.Extension) ? format : null;

    /// <summary>Writes a file, and returns the notes on it.</summary>
    /// <exception cref="ArgumentException">The format is unknown, or can't hold the data set.</exception>
    public static IReadOnlyList<string> Write(string path, SequenceDataset data)
    {
        if (Find(path) is not { } format)
            throw new ArgumentException(
                $"{TextFormat.Describe(path)} can't be written; supported are {DataFormats.Describe(DataFormats.Writable)}."
                    + DataFormats.Hint(path), nameof(path));
        if (DataFormats.Find(format.Extension) is { } registered)
        {
            IReadOnlyList<string> notes = [];
            AtomicFile.Write(path, stream => notes = registered.Write(stream, format.Extension, data));
            return notes;
        }
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

    /// <summary>Returns the name of the file without extensions, as one word.</summary>
    private static string ProblemName(string path)
    {
        string name = Path.GetFileName(path).Split('.')[0];
        name = string.Concat(name.Select(c => char.IsWhiteSpace(c) || char.IsControl(c) ? '_' : c));
        return name.Length > 0 ? name : "data";
    }
}
