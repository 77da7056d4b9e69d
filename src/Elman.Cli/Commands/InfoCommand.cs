using System.CommandLine;
using Elman.Cli.Input;
using Elman.Cli.Options;
using Elman.Cli.Reports;
using Elman.Cli.Tasks;
using Elman.Data;

namespace Elman.Cli.Commands;

/// <summary><c>elman info</c>: describes a model file or a data set.</summary>
internal sealed class InfoCommand : Command
{
    private const string ModelExtension = ".safetensors";

    private readonly Argument<string> _subject = new("MODEL|DATA") { Description = $"A model file, or data. {DataSource.Help}" };
    private readonly TaskOptionSet _taskOptions = new();
    private readonly DataOptionSet _dataOptions = DataOptionSet.Create();
    private readonly Option<bool> _json = JsonOption.Create();
    private readonly Terminal _terminal;

    public InfoCommand(Terminal terminal)
        : base("info", "Describe a model file or a data set.")
    {
        _terminal = terminal;
        Arguments.Add(_subject);
        foreach (Option option in _taskOptions.Options.Concat(_dataOptions.Options))
            Options.Add(option);
        Options.Add(_json);
        SetAction(Run);
    }

    private int Run(ParseResult words)
    {
        string name = words.GetRequiredValue(_subject);
        bool json = words.GetValue(_json);
        if (DataSource.IsNamedLikeData(name))
        {
            var source = new DataSource(
                _terminal, _dataOptions.Bind(words) with { Labels = _taskOptions.Labels(words, name) }, _dataOptions.BindAudio(words));
            var statistics = new DataStatistics(source.ReadTrain(name));
            SequenceDataset? test = ArchiveData.IsWhole(name) ? source.Like(statistics.Data).ReadTest(ArchiveData.TestPartOf(name)) : null;
            foreach (string doubt in Doubts.OfClasses(statistics.Data))
                _terminal.Warn(doubt);
            if (json)
                DataReport.WriteJson(_terminal.Output, statistics, test);
            else
                DataReport.Write(_terminal, statistics, test);
            return ExitStatus.Done;
        }

        using TaskRun task = Load(name);
        string? given = _taskOptions.Options.Where(words.Has).Select(option => option.Name)
            .Concat(_dataOptions.Given(words)).FirstOrDefault();
        if (given is not null)
            throw new CommandException($"{given} is for data, and '{name}' is a model; leave it out.");
        if (json)
            ModelReport.WriteJson(_terminal.Output, name, task);
        else
            ModelReport.Write(_terminal, name, task);
        return ExitStatus.Done;
    }

    private static TaskRun Load(string name)
    {
        try
        {
            return TaskRun.Load(name);
        }
        catch (ModelFileException e)
            when (File.Exists(name) && !Path.GetExtension(name).Equals(ModelExtension, StringComparison.OrdinalIgnoreCase))
        {
            // A model may have any name, but with this one another argument may have been meant.
            throw new CommandException($"'{name}' can't be read as a model, and its extension is not that of a data file; give a model "
                + $"({ModelExtension}), a data file ({OptionText.Listing(DataFile.Extensions)}), {DataSource.BuiltInPrefix}NAME "
                + $"or {ArchiveData.Prefix}NAME.", e);
        }
    }
}
