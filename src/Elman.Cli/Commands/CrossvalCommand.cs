using System.CommandLine;
using Elman.Cli.Input;
using Elman.Cli.Options;
using Elman.Cli.Runs;
using Elman.Cli.Tasks;

namespace Elman.Cli.Commands;

/// <summary><c>elman crossval</c>: trains and tests a model for each fold of the data.</summary>
internal sealed class CrossvalCommand : Command
{
    private static readonly CrossValidationOptions _defaults = new();

    private readonly Argument<string> _data = new("DATA")
    {
        Description = $"The labelled data. {DataSource.Help}",
        Arity = ArgumentArity.ZeroOrOne,
    };
    private readonly TaskOptionSet _taskOptions = new();
    private readonly Option<int> _folds = TextOption.Create(
        "--folds", "N", $"Number of folds. Default: {_defaults.Folds}.", OptionText.WholeNumber);
    private readonly Option<int> _repeat = TextOption.Create(
        "--repeat", "N", $"How often the data are divided anew. Default: {_defaults.Repeats}.", OptionText.WholeNumber);
    private readonly Option<bool> _leaveOneGroupOut = new("--leave-one-group-out")
    {
        Description = "Each group of --group-column is a fold, such as each person.",
    };
    private readonly Option<string?> _run = TextOption.Create("--run", "DIR",
        $"Folder for the report, the predictions and all figures. Default: {RunFolder.DefaultRoot}/NAME-1, -2, … with the name of the "
            + "data.");
    private readonly Option<bool> _noRun = new("--no-run") { Description = "Write no folder, only the figures to standard output." };
    private readonly Option<string?> _resume = TextOption.Create("--resume", "DIR",
        "Continue an interrupted cross-validation in its folder, with the same result. Only --threads and --json may be given.");
    private readonly TrainingOptionSet _trainingOptions = new();
    private readonly DataOptionSet _dataOptions = DataOptionSet.Create();
    private readonly Option<bool> _json = JsonOption.Create();
    private readonly Terminal _terminal;

    public CrossvalCommand(Terminal terminal)
        : base("crossval", "Cross-validate: train on all parts of the data but one, test on that one, for each part.")
    {
        _terminal = terminal;
        Arguments.Add(_data);
        foreach (Option option in (Option[])[.. _taskOptions.Options, _folds, _repeat, _leaveOneGroupOut, _run, _noRun, _resume,
            .. _trainingOptions.Options, .. _dataOptions.Options, _json])
            Options.Add(option);
        SetAction(words => _trainingOptions.Naming(() => words.Has(_resume) ? Resume(words) : Run(words, null)));
    }

    private int Resume(ParseResult words)
    {
        (RunFolder run, ParseResult? again) = new RunResume(this, _resume, [_trainingOptions.Threads, _json], _terminal).Read(words);
        return again is null ? ExitStatus.Done : Run(again, run);
    }

    private int Run(ParseResult words, RunFolder? resumed)
    {
        TrainingOptions options = _trainingOptions.Bind(words);
        string dataName = words.GetValue(_data) ?? throw new CommandException("elman crossval needs DATA, such as train.csv.");
        (TaskKind kind, bool areMany) = _taskOptions.Bind(words, dataName);
        var folds = new CrossValidationOptions
        {
            Folds = words.Has(_folds) ? words.GetValue(_folds) : _defaults.Folds,
            Repeats = words.Has(_repeat) ? words.GetValue(_repeat) : _defaults.Repeats,
            LeaveOneGroupOut = words.GetValue(_leaveOneGroupOut),
            Seed = options.Seed,
        };
        IReadOnlyList<string> problems = folds.FindProblems();
        if (problems.Count > 0)
            throw new CommandException(Named(string.Join(' ', problems)));
        if (kind == TaskKind.Forecast)
            throw new CommandException("The folds of forecasts follow in time; use elman backtest.");
        if (words.GetValue(_leaveOneGroupOut) && (words.Has(_folds) || words.Has(_repeat)))
            throw new CommandException("--leave-one-group-out has a fold for each group; leave out --folds and --repeat.");
        if (words.GetValue(_noRun) && words.Has(_run))
            throw new CommandException("--run names the folder of a run, and --no-run wants none; leave out one of the two.");
        if (_trainingOptions.ValidationData(words) is { } validation)
            throw new CommandException($"--validation is {MessageText.Quoted(validation)}; in cross-validation it must be a share of the "
                + "training data of each fold, such as 0.2.");
        SequenceDataset data = Read(words, dataName, kind, areMany, options);
        RunFolder? run = resumed ?? (words.GetValue(_noRun) ? null : RunFolder.Create(words.GetValue(_run), dataName));
        var args = RunArgs.Of(this, words, dataName, kind, options, _terminal);
        using IDisposable? hold = run?.Lock();
        if (run is not null)
        {
            if (resumed is null)
                args.Write(run.Args);
            RunData.Write(run, resumed is not null, [("data", data, dataName)], null, _terminal);
        }
        return new CrossvalJob(_terminal, kind, areMany, options, data, folds, run, args).Run(words.GetValue(_json));
    }

    private SequenceDataset Read(ParseResult words, string name, TaskKind kind, bool areMany, TrainingOptions options)
    {
        using TaskRun task = TaskRun.Create(kind, options, areMany);
        SequenceDataset data = new DataSource(
            _terminal, _dataOptions.Bind(words) with { Labels = task.Labels }, _dataOptions.BindAudio(words)).ReadTrain(name);
        task.CheckTraining(data);
        Suitability.CheckMissing(data, options.Inputs.Missing, isTrained: false);
        foreach (string doubt in Doubts.About(data))
            _terminal.Warn(doubt);
        return data;
    }

    /// <summary>Replaces the names of the library's options by those of the tool.</summary>
    private static string Named(string sentence) => sentence
        .Replace(nameof(CrossValidationOptions.LeaveOneGroupOut), "--leave-one-group-out", StringComparison.Ordinal)
        .Replace(nameof(CrossValidationOptions.Folds), "--folds", StringComparison.Ordinal)
        .Replace(nameof(CrossValidationOptions.Repeats), "--repeat", StringComparison.Ordinal);
}
