using System.CommandLine;
using Elman.Cli.Input;
using Elman.Cli.Options;
using Elman.Cli.Output;
using Elman.Cli.Reports;
using Elman.Data;

namespace Elman.Cli.Commands;

/// <summary><c>elman data generate</c>: writes sequences of a built-in data set to a file.</summary>
internal sealed class DataGenerateCommand : Command
{
    private const string TsExtension = ".ts", CsvExtension = ".csv", JsonExtension = ".jsonl";

    // Not the seed of the built-in data: generated test data must differ from the built-in training data.
    private const int DefaultSeed = DataSource.BuiltInSeed + 1;

    private readonly Argument<string> _name = new("NAME") { Description = "A built-in data set; 'elman data list' shows them." };
    private readonly Option<int?> _cases = TextOption.Create<int?>("--cases", "N",
        "Number of sequences. Default: as many as the data set has for training.", (option, text) => OptionText.WholeNumber(option, text));
    private readonly Option<int?> _seed = TextOption.Create<int?>("--seed", "N", $"Random seed. Default: {DefaultSeed}; "
        + $"{DataSource.BuiltInSeed} begins as {DataSource.BuiltInPrefix}NAME does.",
            (option, text) => OptionText.WholeNumber(option, text));
    private readonly Option<string?> _out = TextOption.Create("--out", "FILE",
        $"Path of the file. Default: NAME{TsExtension}, or NAME{CsvExtension} if labels are not classes of whole sequences, or "
            + $"NAME{JsonExtension} if they are text.");
    private readonly Terminal _terminal;

    public DataGenerateCommand(Terminal terminal)
        : base("generate", "Write sequences of a built-in data set to a file.")
    {
        _terminal = terminal;
        Arguments.Add(_name);
        Options.Add(_cases);
        Options.Add(_seed);
        Options.Add(_out);
        SetAction(Run);
    }

    private static void Write(string path, SequenceDataset data, IDataGenerator generator)
    {
        if (generator.Vocabularies.Count > 0)
            JsonLinesWriter.Write(path, data);
        else if (generator.Labels == LabelKind.Class)
            TsWriter.Write(path, data, generator.Name);
        else
            CsvWriter.Write(path, data);
    }

    private int Run(ParseResult words)
    {
        string name = words.GetRequiredValue(_name);
        IDataGenerator generator = BuiltInData.Find(
            name.StartsWith(DataSource.BuiltInPrefix, StringComparison.Ordinal) ? name[DataSource.BuiltInPrefix.Length..] : name);
        int cases = words.GetValue(_cases) ?? generator.DefaultTrainCases;
        if (cases < 1)
            throw new CommandException($"--cases is {cases}; it must be at least 1.");
        // A .ts file has one class for each case, and nothing else.
        string extension = generator.Vocabularies.Count > 0 ? JsonExtension
            : generator.Labels == LabelKind.Class ? TsExtension : CsvExtension;
        string path = words.GetValue(_out) ?? generator.Name + extension;
        if (!Path.GetExtension(path).Equals(extension, StringComparison.OrdinalIgnoreCase))
            throw new CommandException(
                $"--out is '{path}'; {generator.Name} is written as a {extension} file, so the name must end with {extension}.");
        OutputFile.CheckWritable("--out", path);

        SequenceDataset data = generator.Generate(cases, new SeededRandom(words.GetValue(_seed) ?? DefaultSeed));
        OutputFile.Write(path, target => Write(target, data, generator));
        Lines.WriteUnbroken(_terminal, $"Wrote {Figures.Count(data.Count, "sequence")} of {generator.Name} to {path}");
        return ExitStatus.Done;
    }
}
