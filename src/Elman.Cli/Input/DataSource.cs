using Elman.Cli.Runs;
using Elman.Data;
using Elman.Data.Audio;

namespace Elman.Cli.Input;

/// <summary>
/// Reads the data sets that a command line names: files, folders of audio, built-in data sets as <c>builtin:NAME</c>, and those of the
/// archive as <c>ucr:NAME</c>.
/// </summary>
/// <param name="terminal">Receives warnings about possible misreadings.</param>
/// <param name="options">The options for reading files.</param>
/// <param name="audio">The settings for audio.</param>
internal sealed class DataSource(Terminal terminal, DataFileOptions options, AudioOptions audio)
{
    /// <summary>The prefix of the names of built-in data sets.</summary>
    public const string BuiltInPrefix = "builtin:";

    /// <summary>The default data set.</summary>
    public const string Default = BuiltInPrefix + "synthetic-control";

    /// <summary>The help text of the DATA argument.</summary>
    public const string Help = "A file (.csv, .tsv, .txt, .ts, .arff or .jsonl, optionally with .gz, .parquet, .arrow, .feather, .npy or "
        + ".npz), a folder with a subfolder of .wav files for each class, a list of such files (.csv), "
        + $"{BuiltInPrefix}NAME, 'elman data list' shows the names, or {ArchiveData.Prefix}NAME, a set of the UCR and UEA archive.";

    /// <summary>
    /// The seed of the built-in data sets. It is constant, so that no model is trained on their test parts, whatever its <c>--seed</c>.
    /// </summary>
    public const int BuiltInSeed = 1;

    private HashSet<string> _told = new(StringComparer.Ordinal);

    /// <summary>The name in messages of the data that the data set must match.</summary>
    private string? Others { get; init; }

    /// <summary>Whether a name means a built-in data set.</summary>
    public static bool IsBuiltIn(string name) => name.StartsWith(BuiltInPrefix, StringComparison.Ordinal);

    /// <summary>Whether a name means a data set with its own test part.</summary>
    public static bool HasTestPart(string name) => IsBuiltIn(name) || ArchiveData.IsWhole(name);

    /// <summary>Whether a name means a file or folder on disk.</summary>
    public static bool IsPath(string name) => !IsBuiltIn(name) && !ArchiveData.IsNamed(name);

    /// <summary>Whether a name means data: a built-in data set, one of the archive, or, by its extension, a data file.</summary>
    public static bool IsNamedLikeData(string name) =>
        !IsPath(name) || DataFile.IsNamedLikeData(name) || AudioData.IsNamedLikeAudio(name)
        || (Directory.Exists(name) && !RunFolder.IsRun(name));

    /// <summary>The kind of labels of a built-in data set.</summary>
    /// <exception cref="ArgumentException">There is no such data set.</exception>
    public static LabelKind LabelsOf(string name) => BuiltInData.Find(name[BuiltInPrefix.Length..]).Labels;

    /// <summary>Returns the data set with a name; if it has a test part, the training part.</summary>
    /// <exception cref="DataFileException">The file can't be used.</exception>
    /// <exception cref="ArgumentException">There is no such built-in data set.</exception>
    /// <exception cref="DataArchiveException">The data set of the archive can't be downloaded.</exception>
    public SequenceDataset ReadTrain(string name) => IsBuiltIn(name) ? ReadBuiltIn(name).Train : ReadStored(name, isTest: false);

    /// <summary>Returns a source that reads data like the training data of a model.</summary>
    public DataSource LikeThoseOf(SequenceEstimator model) =>
        Like(model.Columns, model.ChannelNames, model.Vocabularies, model.Offsets, model.Preparation, "the training data of the model");

    /// <summary>Returns a source that reads data like another data set.</summary>
    public DataSource Like(SequenceDataset data) =>
        Like(data.Columns, data.ChannelNames, data.Vocabularies, data.Offsets, data.Preparation, data.Name);

    private DataSource Like(TableColumns? columns, IReadOnlyList<string> channels, IReadOnlyList<Vocabulary?> vocabularies,
        ValueOffsets offsets, string? preparation, string others) => new(terminal, options with
        {
            Known = columns,
            KnownChannels = channels,
            Offsets = offsets,
            Tokens = options.Tokens ?? vocabularies.FirstOrDefault(vocabulary => vocabulary is not null)?.Tokens,
        }, audio with { Known = preparation })
        { Others = others, _told = _told };

    /// <summary>Returns the data set with a name; if it has a test part, the test part.</summary>
    /// <exception cref="DataFileException">The file can't be used.</exception>
    /// <exception cref="ArgumentException">There is no such built-in data set.</exception>
    /// <exception cref="DataArchiveException">The data set of the archive can't be downloaded.</exception>
    public SequenceDataset ReadTest(string name) => IsBuiltIn(name) ? ReadBuiltIn(name).Test : ReadStored(name, isTest: true);

    /// <summary>Reads sequences from standard input.</summary>
    /// <param name="format">The format, or <see langword="null"/> to detect it by the first bytes: <c>.ts</c> files begin with <c>@</c> or
    /// <c>#</c>, <c>.jsonl</c> files with a brace, and binary files with the magic bytes of their format.</param>
    /// <exception cref="DataFileException">The data can't be used.</exception>
    public SequenceDataset ReadInput(string? format)
    {
        using Stream input = terminal.Input();
        using var text = new PeekedStream(input);
        format ??= text.Format ?? (text.First is '@' or '#' ? "ts" : text.First == '{' ? "jsonl" : "csv");
        using var progress = new ReadingProgress(terminal, "Reading standard input");
        return Warned(DataFile.Read(text, format, "standard input", options, progress));
    }

    private SequenceDataset ReadStored(string name, bool isTest)
    {
        using var progress = new ReadingProgress(terminal, $"Reading {name}");
        if (!ArchiveData.IsNamed(name) && AudioData.IsAudio(name))
            return Warned(AudioData.Read(name, audio, options, progress));
        if (audio with { Known = null } != new AudioOptions())
            throw new CommandException($"'{name}' is not audio; --features, --coefficients, --filters, --frame, --hop and --sample-rate "
                + "are for .wav files.");
        if (!ArchiveData.IsNamed(name))
            return Warned(DataFile.Read(name, options, progress));
        (string path, string part) = new ArchiveData(terminal).Find(name, isTest);
        if (part != name && isTest)
            terminal.Say($"{name} means its test part here, {part}.");
        using FileStream stream = File.OpenRead(path);
        return Warned(DataFile.Read(stream, Path.GetExtension(path), part, options, progress));
    }

    /// <summary>Prints warnings about possible misreadings.</summary>
    private SequenceDataset Warned(SequenceDataset data)
    {
        foreach (string warning in data.Warnings)
            Warn($"{data.Name}: {warning}");
        foreach (string doubt in MissingCodes.Report(data))
            Warn($"{data.Name}: {doubt}");
        if (Others is not null && (audio.Known is null) != (data.Preparation is null))
        {
            (string of, string other) = data.Preparation is null ? (Others, data.Name) : (data.Name, Others);
            Warn($"the values of {of} were computed as {QuotedText(audio.Known ?? data.Preparation)}, but it is unknown how those of "
                + $"{other} were "
                + "computed; they must be computed in the same way.");
        }
        return data;
    }

    /// <summary>Prints a warning, once per command.</summary>
    private void Warn(string doubt)
    {
        if (_told.Add(doubt))
            terminal.Warn(doubt);
    }

    private (SequenceDataset Train, SequenceDataset Test) ReadBuiltIn(string name)
    {
        var asTheyCome = new DataFileOptions();
        DataFileOptions given = options with
        {
            Labels = asTheyCome.Labels,
            UsualLabelColumn = null,
            LabelColumnGuessed = null,
            Known = null,
            KnownChannels = asTheyCome.KnownChannels,
            Tokens = null,
            Offsets = null,
        };
        if (given != asTheyCome)
            Warn($"{name} is generated; options for reading files have no effect on it.");
        return BuiltInData.Load(name[BuiltInPrefix.Length..], BuiltInSeed);
    }
}
