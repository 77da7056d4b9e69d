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
    private const string Extension = ".ts";

    // Not the seed of the built-in data: sequences that were generated to test on must not be those that were trained on.
    private const int DefaultSeed = DataSource.BuiltInSeed + 1;

    private readonly Argument<string> _name = new("NAME") { Description = "A built-in data set; 'elman data list' shows them." };
    private readonly Option<int?> _cases = TextOption.Create<int?>("--cases", "N", "How many sequences. Default: as many as the data set has for training.", (option, text) => Words.WholeNumber(option, text));
    private readonly Option<int?> _seed = TextOption.Create<int?>("--seed", "N", $"Fixes every random choice. Default: {DefaultSeed}; {DataSource.BuiltInSeed} begins as {DataSource.BuiltInPrefix}NAME does.", (option, text) => Words.WholeNumber(option, text));
    private readonly Option<string?> _out = TextOption.Create("--out", $"FILE{Extension}", $"Where they go. Default: NAME{Extension}.");
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

    private int Run(ParseResult words)
    {
        string name = words.GetRequiredValue(_name);
        IDataGenerator generator = BuiltInData.Find(name.StartsWith(DataSource.BuiltInPrefix, StringComparison.Ordinal) ? name[DataSource.BuiltInPrefix.Length..] : name);
        int cases = words.GetValue(_cases) ?? generator.DefaultTrainCases;
        if (cases < 1)
            throw new CommandException($"--cases is {cases}; it must be at least 1.");
        string path = words.GetValue(_out) ?? generator.Name + Extension;
        if (!Path.GetExtension(path).Equals(Extension, StringComparison.OrdinalIgnoreCase))
            throw new CommandException($"--out is '{path}'; data are written as {Extension} files, so the name must end with {Extension}.");
        OutputFile.CheckWritable("--out", path);

        SequenceDataset data = generator.Generate(cases, new SeededRandom(words.GetValue(_seed) ?? DefaultSeed));
        OutputFile.Write(path, target => TsWriter.Write(target, data, generator.Name));
        _terminal.Output.Write($"Wrote {Figures.Count(data.Count, "sequence")} of {generator.Name} to {path}\n");
        return ExitStatus.Done;
    }
}
