using System.Text;

namespace Elman.Data.Audio;

/// <summary>A delimited file that lists audio files, with labels in another column.</summary>
internal static class AudioList
{
    /// <summary>The options that are used for lists.</summary>
    public static readonly OptionUse Use = new(
        "lists of audio files", "--layout", "--label-column", "--group-column", "--header", "--delimiter", "--decimal");

    private static readonly string[] _columns = ["file", "path", "filename", "audio", "wav"];

    // A file that names other audio files is a list too, but it is refused.
    private static readonly string[] _extensions = [AudioData.Extension, ".mp3", ".flac", ".ogg", ".m4a", ".aiff", ".aif", ".opus"];

    /// <summary>
    /// Whether a file is a list: its first row names a column of files, and its second row has an audio file in this column.
    /// </summary>
    public static bool IsOne(string path)
    {
        if (Path.GetExtension(path).ToUpperInvariant() is not (".CSV" or ".TSV" or ".TXT") || !File.Exists(path))
            return false;
        // A pipe has no length, and inspecting it would consume it.
        if (new FileInfo(path).Length == 0)
            return false;
        try
        {
            using FileStream stream = File.OpenRead(path);
            using Table table = Open(new SourceStream(stream, path), path, new DataFileOptions());
            return table.Read() && FindPath(table) is not null;
        }
        catch (Exception e) when (e is DataFileException or UnauthorizedAccessException)
        {
            // The table reader will report the error.
            return false;
        }
    }

    /// <summary>Reads a list.</summary>
    /// <exception cref="DataFileException">A file or a column does not exist.</exception>
    public static AudioPlan Read(string path, DataFileOptions options, Remarks remarks)
    {
        Refuse(path, options);
        using FileStream stream = File.OpenRead(path);
        using Table table = Open(new SourceStream(stream, path), path, options);
        if (!table.Read() || FindPath(table) is not { } file)
            throw new DataFileException(path, "there is no audio file in the list; add the files.");
        var columns = new ColumnFinder(table);
        int? group = options.GroupColumn is { } name ? columns.Find(name, ColumnFinder.Group) : columns.FindKnown(options.Known?.Group);
        int[] fields = LabelsOf(columns, table, file, group, options);
        for (int column = 0; column < table.Names!.Length; column++)
            if (column != file && column != group && !fields.Contains(column) && table.Names[column].Length > 0)
                remarks.Add("columns that are not used", $"Column {Quoted(table.Names[column])} is ignored; a list has files, labels and "
                    + "groups.");

        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var labels = new LabelColumns(options, [.. fields.Select(table.NameOf)]);
        var places = new List<AudioPlace>();
        var labelsOf = new List<int[]>();
        var lines = new Dictionary<string, long>(StringComparer.Ordinal);
        table.KeepRow();
        while (table.Read())
        {
            if (table.FieldCount <= file)
                throw table.Error("the row has no file; add it or remove the row.");
            string full = PathOf(table, file, folder), id = AudioFolder.IdOf(full, folder);
            if (!lines.TryAdd(full, table.Line))
                throw table.Error(file, $"{Quoted(id)} is on line {lines[full]} already; list each file once.");
            places.Add(new AudioPlace(
                full, id, group is { } g && g < table.FieldCount ? Encoding.UTF8.GetString(table[g]) : null));
            labelsOf.Add([.. fields.Select((field, column) => labels[column].Read(table, field))]);
        }
        return new AudioPlan(path, places, labels, labelsOf, new TableColumns
        {
            IsLong = false,
            Id = table.NameOf(file),
            Group = group is { } known ? table.NameOf(known) : null,
            Labels = [.. fields.Select(table.NameOf)],
            HasDecimalComma = table.HasDecimalComma,
        });
    }

    /// <summary>Opens the table, to read the rows after the header.</summary>
    private static Table Open(SourceStream source, string path, DataFileOptions options)
    {
        if (source.PeekStart().IsEmpty)
            throw new DataFileException(path, "the file is empty; give a file with a column of audio files.");
        var preamble = Preamble.Skip(source, new Remarks());
        char usual = Path.GetExtension(path).Equals(".tsv", StringComparison.OrdinalIgnoreCase)
            ? '\t'
            : Delimiter.Detect(source.PeekStart());
        char delimiter = options.Delimiter ?? preamble.Separator ?? usual;
        bool hasComma = options.DecimalSeparator is { } sign ? sign == ',' : options.Known is { HasDecimalComma: true } && delimiter != ',';
        var table = new Table(source, delimiter, preamble.Lines, hasComma);
        if (table.Read())
            table.TakeHeader();
        return table;
    }

    /// <summary>Returns the column of files: it has such a name, and the name of an audio file in the current row.</summary>
    private static int? FindPath(Table table)
    {
        for (int column = 0; column < table.Names?.Length && column < table.FieldCount; column++)
        {
            string text = Encoding.UTF8.GetString(table[column]);
            if (_columns.Contains(table.Names[column], StringComparer.OrdinalIgnoreCase)
                && _extensions.Any(extension => text.EndsWith(extension, StringComparison.OrdinalIgnoreCase)))
                return column;
        }
        return null;
    }

    private static string PathOf(Table table, int field, string folder)
    {
        string text = Encoding.UTF8.GetString(table[field]);
        if (text.Length == 0)
            throw table.Error(field, "the file name is missing; add it or remove the row.");
        if (!AudioData.IsNamedLikeAudio(text))
            throw table.Error(field, $"{NumberText.Quote(table[field])} is not a .wav file, the only supported audio format; convert "
                + "it, for example with 'ffmpeg -i in.mp3 out.wav'.");
        string full = Path.GetFullPath(Path.Combine(folder, OperatingSystem.IsWindows() ? text : text.Replace('\\', '/')));
        if (!full.StartsWith(
            Path.EndsInDirectorySeparator(folder) ? folder : folder + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            throw table.Error(field, $"{NumberText.Quote(table[field])} is outside the folder of the list; put the list into a folder "
                + "that contains all files.");
        return File.Exists(full) ? full : throw table.Error(
            field, $"there is no file {NumberText.Quote(table[field])}; paths are relative to the folder of the list.");
    }

    private static int[] LabelsOf(ColumnFinder columns, Table table, int file, int? group, DataFileOptions options)
    {
        if (options.LabelColumn == DataFileOptions.NoLabelColumn || options.Labels == LabelKind.None)
            return [];
        int[] found = options.LabelColumn is { } name
            ? columns.FindLabels(name, options.Labels)
            : columns.FindUsualLabels(options) ?? (columns.FindLabel() is { } label ? [label] : Others());
        if (found.Contains(file) || (group is { } g && found.Contains(g)))
            throw columns.Error("the file, group and label columns must be different; name each of them once.");
        return found.Length > 0 || options.Labels == LabelKind.Any ? found : throw columns.Error(
            "no column is named label, class or target; name the label column (--label-column), or give --label-column none if there "
                + "are none.");

        // If only one column remains, it must be the label.
        int[] Others() => Enumerable.Range(0, table.Names!.Length)
            .Where(column => column != file && column != group && table.Names[column].Length > 0).ToArray() is [var only] ? [only] : [];
    }

    private static void Refuse(string path, DataFileOptions options)
    {
        string? wrong = options.Channels is not null ? "channels (--channels)"
            : options.TimeColumn is not null ? "time column (--time-column)"
            : options.IdColumn is not null ? "id column (--id-column)"
            : options.HasHeader == false ? "lack of a header (--header no)"
            : options.Format == DelimitedForm.Long ? "long form (--format)" : null;
        if (wrong is not null)
            throw new DataFileException(path, $"this is a list of audio files, a row for each; the {wrong} is for tables of values.");
    }
}
