namespace Elman.Data;

/// <summary>Reads labelled sequences from files, and writes them.</summary>
/// <remarks>
/// The extension selects the format: <c>.ts</c> is the format of sktime and aeon, <c>.arff</c> that of Weka; <c>.csv</c>, <c>.tsv</c> and
/// <c>.txt</c> are delimited text; <c>.jsonl</c> and <c>.ndjson</c> have one JSON object per line. Each of these may be compressed, with
/// <c>.gz</c> after its extension. Text is UTF-8 and is read in one pass: in addition to the data set itself, memory holds one sequence,
/// line or row, of at most 256 MiB. <c>.npy</c> and <c>.npz</c> are the arrays of NumPy. Other packages add further formats
/// (<see cref="Register"/>).
/// </remarks>
public static class DataFile
{
    private const string EmptyFile = "the file is empty; give a file with sequences in it.";

    /// <summary>The extensions of the files that can be read, with their dots: text formats, which <c>.gz</c> may follow, and registered
    /// formats.</summary>
    public static IReadOnlyList<string> Extensions => DataFormats.Extensions;

    /// <summary>The extensions of the files that can be written, with their dots.</summary>
    public static IReadOnlyList<string> WritableExtensions => [.. DataFormats.Writable];

    /// <summary>
    /// Registers a format for the rest of the process: its files are then read and written like all others. Registering a second format of
    /// the same type with the same extensions has no effect.
    /// </summary>
    /// <param name="format">The format.</param>
    /// <exception cref="ArgumentException">One of its extensions is not valid, or belongs to another format.</exception>
    public static void Register(DataFormat format)
    {
        ArgumentNullException.ThrowIfNull(format);
        DataFormats.Add(format);
    }

    /// <summary>
    /// The texts that mean a missing value in a field of a <c>.csv</c> or <c>.tsv</c> file, in any case. In <c>.ts</c> and <c>.arff</c>
    /// files these are <c>?</c> and <c>NaN</c>, in <c>.jsonl</c> files <c>null</c>.
    /// </summary>
    public static IReadOnlyList<string> MissingMarks { get; } = ["", "?", "NaN", "NA", "N/A", "null", "none"];

    /// <summary>
    /// Whether the name of a file is that of a file that can be read: it ends with one of <see cref="Extensions"/>, or with one of a text
    /// format and <c>.gz</c>, in any case.
    /// </summary>
    /// <param name="path">The file, which need not exist.</param>
    public static bool IsNamedLikeData(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return TextFormat.Find(Path.GetFileName(path)) is not null;
    }

    /// <summary>Reads a file. Its extension, in any case, selects the format.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">The roles of the columns and other options; by default, a default <see cref="DataFileOptions"/>.</param>
    /// <param name="progress">Receives the progress of reading, at most about 200 times, and once at the end.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>
    /// The sequences in the order of the file. If floats can't distinguish the values, <see cref="SequenceDataset.Offsets"/> are subtracted
    /// from them. Classes from <c>.ts</c> are in declared order; from delimited files they are sorted, by number if all labels are numbers,
    /// else alphabetically. Missing values are NaN.
    /// </returns>
    /// <exception cref="DataFileException">The file is missing, of an unknown format, malformed, or holds something that is not
    /// supported.</exception>
    /// <exception cref="IOException">Reading fails.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public static SequenceDataset Read(
        string path, DataFileOptions? options = null, IProgress<ReadProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (Directory.Exists(path))
            throw new DataFileException(path, "this is a folder; give a file.");
        if (TextFormat.Find(Path.GetFileName(path)) is not { } format)
            throw new DataFileException(path, $"{TextFormat.Describe(path)} can't be read; supported are "
                + $"{DataFormats.Describe(Extensions)}.{DataFormats.Hint(path)}");
        using FileStream stream = Open(path, bufferSize: DataFormats.Find(format.Extension) is null ? 0 : 1 << 16);
        return Read(stream, format, path, options, progress, cancellationToken);
    }

    /// <summary>Reads a stream, such as standard input, to its end.</summary>
    /// <param name="stream">The bytes. The caller closes the stream.</param>
    /// <param name="format">One of <see cref="Extensions"/>, in any case, with or without the dot; followed by <c>.gz</c> if the bytes are
    /// compressed.</param>
    /// <param name="name">The name of the stream in messages, and of the data set.</param>
    /// <param name="options">The roles of the columns and other options; by default, a default <see cref="DataFileOptions"/>.</param>
    /// <param name="progress">Receives the progress of reading, and once at the end.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The sequences, as from a file.</returns>
    /// <exception cref="ArgumentException"><paramref name="format"/> is not one of <see cref="Extensions"/>.</exception>
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
        if (TextFormat.Find(format.StartsWith('.') ? format : '.' + format) is not { } found)
            throw new ArgumentException($"{Quoted(format)} is not a format that can be read; supported are "
                + $"{string.Join(", ", Extensions)}.", nameof(format));

        return Read(stream, found, name, options, progress, cancellationToken);
    }

    /// <summary>Reads a date in the same way as the time column of a file.</summary>
    /// <param name="text">The text.</param>
    /// <param name="timeFormat">The format, as for <see cref="DataFileOptions.TimeFormat"/>.</param>
    /// <param name="time">The date.</param>
    /// <returns>Whether the text is a date.</returns>
    /// <exception cref="ArgumentException"><paramref name="timeFormat"/> is not a valid format.</exception>
    public static bool TryParseTime(string text, string? timeFormat, out DateTimeOffset time)
    {
        ArgumentNullException.ThrowIfNull(text);
        var forms = new DateForms(timeFormat is null ? null : TimeFormat.ToNet(timeFormat));
        bool isTime = forms.TryRead(System.Text.Encoding.UTF8.GetBytes(text.Trim()), out decimal ticks);
        time = new DateTimeOffset((long)ticks, TimeSpan.Zero).ToOffset(forms.FirstOffset);
        return isTime;
    }

    /// <summary>Whether the name of a file is that of a file that <see cref="Write"/> can write.</summary>
    /// <param name="path">The file, which need not exist.</param>
    public static bool CanWrite(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return DataFileWriter.Find(path) is not null;
    }

    /// <summary>Writes a data set to a file. Its extension, in any case, selects the format: one of
    /// <see cref="WritableExtensions"/>.</summary>
    /// <remarks>The file is written atomically: it replaces an existing file only when it is complete.</remarks>
    /// <param name="path">The file; compressed if its name ends with <c>.gz</c>.</param>
    /// <param name="data">The sequences.</param>
    /// <returns>Notes, one sentence each: what the file could not hold, and which options its reader needs.</returns>
    /// <exception cref="ArgumentException">The extension is not one of <see cref="WritableExtensions"/>, or the format can't hold the data
    /// set.</exception>
    /// <exception cref="IOException">The file can't be written.</exception>
    /// <exception cref="UnauthorizedAccessException">Writing is not permitted.</exception>
    public static IReadOnlyList<string> Write(string path, SequenceDataset data)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(data);
        return DataFileWriter.Write(path, data);
    }

    private static SequenceDataset Read(
        Stream stream, TextFormat format, string name, DataFileOptions? options, IProgress<ReadProgress>? progress,
        CancellationToken cancellationToken)
    {
        options ??= new DataFileOptions();
        long start = stream.CanSeek ? stream.Position : 0;
        var offsets = new OffsetTable(options.Offsets, options.KnownChannels, stream.CanSeek);
        options = options with { OffsetTable = offsets };
        SequenceDataset data = ReadOnce(stream, format, name, options, progress, cancellationToken);
        if (offsets.NeedsSecondReading(name))
        {
            stream.Position = start;
            data = ReadOnce(stream, format, name, options, progress, cancellationToken);
        }
        return offsets.Attach(data);
    }

    private static SequenceDataset ReadOnce(
        Stream stream, TextFormat format, string name, DataFileOptions options, IProgress<ReadProgress>? progress,
        CancellationToken cancellationToken)
    {
        bool hasClassAlone = format.Extension is ".ts" or ".arff";
        var completion = new Completion(options, name, canLabelSteps: !hasClassAlone);
        options = completion.Options;
        if (DataFormats.Find(format.Extension) is { } registered)
        {
            if (stream.CanSeek && stream.Position >= stream.Length)
                throw new DataFileException(name, EmptyFile);
            return completion.Apply(registered.Read(stream, name, options, progress, cancellationToken), registered.Use);
        }
        using Stream? unpacked = format.IsCompressed ? new GzipText(stream, name) : null;
        var source = new SourceStream(unpacked ?? stream, name, progress, cancellationToken);
        if (source.PeekStart().IsEmpty)
            throw new DataFileException(name, EmptyFile);
        bool isDelimited = format.Extension is ".csv" or ".tsv" or ".txt";
        if (options.DecimalSeparator == ',' && !isDelimited)
            throw new DataFileException(
                name, $"numbers of {format.Extension} files have a decimal point; a decimal comma (--decimal) is for delimited files.");
        (SequenceDataset data, OptionUse use) = format.Extension switch
        {
            ".ts" => (TsReader.Read(source, options), TsReader.Use),
            ".arff" => (ArffReader.Read(source, options), ArffReader.Use),
            ".jsonl" or ".ndjson" => (JsonLinesReader.Read(source, options), JsonLinesReader.Use),
            _ => (DelimitedReader.Read(source, format.Extension == ".tsv", options), DelimitedReader.Use),
        };
        source.ReportEnd();
        return completion.Apply(data, use);
    }

    private static FileStream Open(string path, int bufferSize)
    {
        try
        {
            // The readers of text have their own buffers.
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize, FileOptions.SequentialScan);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new DataFileException(path, "there is no such file; check the path.", innerException: e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new DataFileException(path, "reading is not permitted; check the permissions of the file.", innerException: e);
        }
        catch (Exception e) when (e is IOException or NotSupportedException)
        {
            throw new DataFileException(path, $"it can't be read: {FileProblem.ReasonOf(e)}.", innerException: e);
        }
    }
}
