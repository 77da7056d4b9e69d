namespace Elman.Data;

/// <summary>Reads labelled sequences from files.</summary>
/// <remarks>
/// The format follows from the extension: <c>.ts</c> is the format of sktime and aeon, <c>.csv</c>, <c>.tsv</c> and <c>.txt</c> are
/// delimited text. Text is UTF-8. Files are read in one pass: beyond the data set itself, memory holds one sequence,
/// for <c>.csv</c> and <c>.tsv</c> one row.
/// </remarks>
public static class DataFile
{
    /// <summary>The extensions of the files that can be read, with their dots.</summary>
    public static IReadOnlyList<string> Extensions { get; } = [".ts", ".csv", ".tsv", ".txt"];

    /// <summary>
    /// What stands for a missing value in a field of a <c>.csv</c> or <c>.tsv</c> file, in any case.
    /// In <c>.ts</c> files <c>?</c> and <c>NaN</c> do.
    /// </summary>
    public static IReadOnlyList<string> MissingMarks { get; } = ["", "?", "NaN", "NA", "N/A", "null", "none"];

    /// <summary>Reads a file; its extension, in any case, says how.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">Which columns hold what, for delimited files; by default, <see cref="DataFileOptions"/> as it comes.</param>
    /// <param name="progress">Told now and then, at most about 200 times, how far the reading has come, and once at its end.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The sequences in the order of the file. Classes come in declared order from <c>.ts</c>;
    /// from delimited files sorted, by number if all labels are numbers, else letter by letter. Missing values are NaN.</returns>
    /// <exception cref="DataFileException">The file is missing, of no known kind, malformed,
    /// or holds something that is not supported.</exception>
    /// <exception cref="IOException">Reading fails.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public static SequenceDataset Read(
        string path, DataFileOptions? options = null, IProgress<ReadProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        string extension = Path.GetExtension(path);
        if (Directory.Exists(path))
            throw new DataFileException(path, "this is a folder; give a file.");
        if (FindExtension(extension) is not { } format)
            throw new DataFileException(path, $"{(extension.Length == 0 ? "a file without extension" : $"'{extension}'")} can't be read; "
                + $"files that can be are {string.Join(", ", Extensions)}.");
        using FileStream stream = Open(path);
        return Read(stream, format, path, options, progress, cancellationToken);
    }

    /// <summary>Reads a stream, such as standard input, to its end.</summary>
    /// <param name="stream">The bytes; they stay the caller's to close.</param>
    /// <param name="format">One of <see cref="Extensions"/>, in any case, with or without the dot.</param>
    /// <param name="name">What messages and the data set call the stream.</param>
    /// <param name="options">Which columns hold what, for delimited files; by default, <see cref="DataFileOptions"/> as it comes.</param>
    /// <param name="progress">Told now and then how far the reading has come, and once at its end.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The sequences, as from a file.</returns>
    /// <exception cref="ArgumentException"><paramref name="format"/> is none of <see cref="Extensions"/>.</exception>
    /// <exception cref="DataFileException">The text is malformed, or holds something that is not supported.</exception>
    /// <exception cref="IOException">Reading fails.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public static SequenceDataset Read(
        Stream stream, string format, string name = "standard input", DataFileOptions? options = null,
        IProgress<ReadProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(format);
        ArgumentNullException.ThrowIfNull(name);
        if (FindExtension(format.StartsWith('.') ? format : '.' + format) is not { } extension)
            throw new ArgumentException($"'{format}' is no format that can be read; {string.Join(", ", Extensions)} are.", nameof(format));

        var source = new SourceStream(stream, name, progress, cancellationToken);
        if (source.PeekStart().IsEmpty)
            throw new DataFileException(name, "the file is empty; give a file with sequences in it.");
        SequenceDataset data = extension == ".ts"
            ? TsReader.Read(source, (options ?? new DataFileOptions()).Labels)
            : DelimitedReader.Read(source, extension == ".tsv", options ?? new DataFileOptions());
        source.ReportEnd();
        return data;
    }

    private static string? FindExtension(string extension) =>
        Extensions.FirstOrDefault(e => e.Equals(extension, StringComparison.OrdinalIgnoreCase));

    private static FileStream Open(string path)
    {
        try
        {
            // The reader has a buffer of its own.
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new DataFileException(path, "there is no such file; check the path.", innerException: e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new DataFileException(path, "reading is not permitted; check the permissions of the file.", innerException: e);
        }
    }
}
