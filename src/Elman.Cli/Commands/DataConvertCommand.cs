using System.CommandLine;
using Elman.Cli.Input;
using Elman.Cli.Options;
using Elman.Cli.Output;
using Elman.Cli.Reports;
using Elman.Data;

namespace Elman.Cli.Commands;

/// <summary><c>elman data convert</c>: reads data and writes them in another format.</summary>
internal sealed class DataConvertCommand : Command
{
    private readonly Argument<string> _from = new("FROM") { Description = $"The data. {DataSource.Help}" };
    private readonly Argument<string> _to = new("TO")
    {
        Description = "The file to write: .csv, .tsv, .ts, .arff or .jsonl, with .gz appended to compress it, .parquet, .arrow, .feather "
        + "or .npz."
    };
    private readonly TaskOptionSet _taskOptions = new();
    private readonly DataOptionSet _dataOptions = DataOptionSet.Create();
    private readonly Terminal _terminal;

    public DataConvertCommand(Terminal terminal)
        : base("convert", "Convert data to another format. What the format can't hold is refused or reported.")
    {
        _terminal = terminal;
        Arguments.Add(_from);
        Arguments.Add(_to);
        foreach (Option option in _taskOptions.Options.Concat(_dataOptions.Options))
            Options.Add(option);
        SetAction(Run);
    }

    private int Run(ParseResult words)
    {
        string from = words.GetRequiredValue(_from), to = words.GetRequiredValue(_to);
        if (!DataFile.CanWrite(to))
            throw new CommandException(
                $"'{to}' can't be written; its name must end with {OptionText.Listing(DataFile.WritableExtensions)}; .gz may follow the "
                    + "text formats.");
        if (DataSource.IsPath(from) && Path.GetFullPath(from) == Path.GetFullPath(to))
            throw new CommandException($"'{to}' is also an input file; choose another name.");
        OutputFile.CheckWritable("TO", to);

        SequenceDataset data = new DataSource(
            _terminal, _dataOptions.Bind(words) with { Labels = _taskOptions.Labels(words, from) },
            _dataOptions.BindAudio(words)).ReadTrain(from);
        IReadOnlyList<string> notes = [];
        OutputFile.Write(to, path => notes = DataFile.Write(path, data));
        foreach (string note in notes)
            _terminal.Warn($"{to}: {note}");
        string source = ArchiveData.IsNamed(from) ? data.Name : from;
        Lines.WriteUnbroken(_terminal, $"Wrote {Figures.Count(data.Count, "sequence")} of {source} to {to}");
        return ExitStatus.Done;
    }
}
