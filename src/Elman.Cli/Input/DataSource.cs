using Elman.Data;

namespace Elman.Cli.Input;

/// <summary>Reads the data sets that a command line names: files, and the built-in ones as <c>builtin:NAME</c>.</summary>
internal sealed class DataSource(Terminal terminal, DataFileOptions options)
{
    /// <summary>What stands before the name of a built-in data set.</summary>
    public const string BuiltInPrefix = "builtin:";

    /// <summary>The data set used where none is named.</summary>
    public const string Default = BuiltInPrefix + "synthetic-control";

    /// <summary>Help on the DATA argument.</summary>
    public const string Help = $"A file (.ts, .csv, .tsv, .txt, .arff or .jsonl, maybe with .gz) or {BuiltInPrefix}NAME; 'elman data "
        + "list' shows the names.";

    /// <summary>
    /// The seed of the built-in data sets.
    /// It is fixed, so that their test parts stay unseen whatever <c>--seed</c> a model was trained with.
    /// </summary>
    public const int BuiltInSeed = 1;

    /// <summary>Whether a name means a built-in data set.</summary>
    public static bool IsBuiltIn(string name) => name.StartsWith(BuiltInPrefix, StringComparison.Ordinal);

    /// <summary>Whether a name means data, built-in or by its extension a file of them.</summary>
    public static bool IsNamedLikeData(string name) =>
        IsBuiltIn(name) || DataFile.IsNamedLikeData(name);

    /// <summary>What the labels of a built-in data set are.</summary>
    /// <exception cref="ArgumentException">There is no such data set.</exception>
    public static LabelKind LabelsOf(string name) => BuiltInData.Find(name[BuiltInPrefix.Length..]).Labels;

    /// <summary>The data set of a name; of a built-in one, the part that is for training.</summary>
    /// <exception cref="DataFileException">The file can't be used.</exception>
    /// <exception cref="ArgumentException">There is no such built-in data set.</exception>
    public SequenceDataset ReadTrain(string name) => IsBuiltIn(name) ? ReadBuiltIn(name).Train : ReadFile(name);

    /// <summary>One that reads data as those of a model were read.</summary>
    public DataSource LikeThoseOf(SequenceEstimator model) =>
        Like(model.Columns, model.ChannelNames, model.Vocabularies);

    /// <summary>One that reads data as others were read.</summary>
    public DataSource Like(SequenceDataset data) => Like(data.Columns, data.ChannelNames, data.Vocabularies);

    private DataSource Like(TableColumns? columns, IReadOnlyList<string> channels, IReadOnlyList<Vocabulary?> vocabularies) => new(
        terminal, options with
        {
            Known = columns,
            KnownChannels = channels,
            Tokens = options.Tokens ?? vocabularies.FirstOrDefault(vocabulary => vocabulary is not null)?.Tokens,
        });

    /// <summary>The data set of a name; of a built-in one, the part that is for testing.</summary>
    /// <exception cref="DataFileException">The file can't be used.</exception>
    /// <exception cref="ArgumentException">There is no such built-in data set.</exception>
    public SequenceDataset ReadTest(string name) => IsBuiltIn(name) ? ReadBuiltIn(name).Test : ReadFile(name);

    /// <summary>Sequences from standard input.</summary>
    /// <param name="format">The format, or <see langword="null"/> to see from the first character:
    /// <c>.ts</c> files begin with <c>@</c> or <c>#</c>, <c>.jsonl</c> files with a brace.</param>
    /// <exception cref="DataFileException">They can't be used.</exception>
    public SequenceDataset ReadInput(string? format)
    {
        using Stream input = terminal.Input();
        using var text = new PeekedStream(input);
        format ??= text.First is '@' or '#' ? "ts" : text.First == '{' ? "jsonl" : "csv";
        using var progress = new ReadingProgress(terminal, "standard input");
        return Warned(DataFile.Read(text, format, "standard input", options, progress));
    }

    private SequenceDataset ReadFile(string path)
    {
        using var progress = new ReadingProgress(terminal, path);
        return Warned(DataFile.Read(path, options, progress));
    }

    /// <summary>Tells what may be a misreading.</summary>
    private SequenceDataset Warned(SequenceDataset data)
    {
        foreach (string warning in data.Warnings)
            terminal.Error.WriteLine($"elman: warning: {data.Name}: {warning}");
        return data;
    }

    private static (SequenceDataset Train, SequenceDataset Test) ReadBuiltIn(string name) =>
        BuiltInData.Load(name[BuiltInPrefix.Length..], BuiltInSeed);
}
