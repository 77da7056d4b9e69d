using System.CommandLine;
using Elman.Cli.Input;
using Elman.Cli.Options;
using Elman.Cli.Output;
using Elman.Cli.Runs;
using Elman.Cli.Tasks;
using Elman.Data;

namespace Elman.Cli.Commands;

/// <summary><c>elman train</c>: trains a model and tests it, and writes the folder of a run.</summary>
internal sealed class TrainCommand : Command
{
    private const string DefaultModel = "model.safetensors", PlotExtension = ".png";

    private static readonly TimeSpan _defaultSaveEvery = TimeSpan.FromMinutes(1);

    private readonly Argument<string?> _data = new("DATA")
    {
        Description = $"The training data. {DataSource.Help} Default: {DataSource.Default}.",
        Arity = ArgumentArity.ZeroOrOne,
    };
    private readonly TaskOptionSet _taskOptions = new();
    private readonly Option<DataChoice?> _test = TextOption.Create<DataChoice?>("--test", "DATA|X",
        "Test data; with --task forecast also a share: the end of each series is held out for testing and then trained on. "
            + "Default: for built-in data and ucr:NAME, their own test part; with --task forecast 0.2; else nothing.",
        DataChoice.Parse);
    private readonly Option<string?> _from = TextOption.Create("--from", "MODEL",
        "A model to start from instead of random weights. Its architecture, scaling and classes are kept; its file is not changed.");
    private readonly Option<string?> _run = TextOption.Create("--run", "DIR",
        $"Folder for the model, the report and all figures. Default: {RunFolder.DefaultRoot}/NAME-1, -2, … with the name of the data.");
    private readonly Option<bool> _noRun = new("--no-run")
    {
        Description = $"Write only the model and a plot: --out, by default {DefaultModel}, and --plot.",
    };
    private readonly Option<string?> _resume = TextOption.Create("--resume", "DIR",
        "Continue an interrupted run in its folder, with the same result as without the interruption. All its options are used again; only "
            + "--threads, --save-every and --json may be given.");
    private readonly Option<TimeSpan> _saveEvery = TextOption.Create("--save-every", "TIME",
        "Save the state of training in the run at this interval, such as 30s or 5min, so that it can be resumed; 0 for never. "
            + "Default: 60s.",
        (option, text) => text == "0" ? TimeSpan.Zero : OptionText.Time(option, text) is var time && time > TimeSpan.Zero
            ? time
            : throw new FormatException($"{option} is '{text}'; it must be a time above 0, such as 30s, or 0 for never."));
    private readonly Option<bool> _tensorBoard = new("--tensorboard")
    {
        Description = "Also write the curves as event files of TensorBoard, to the folder tensorboard of the run.",
    };
    private readonly Option<string?> _out = TextOption.Create(
        "--out", "FILE", $"Path of a copy of the model file; with --no-run of the model file, by default {DefaultModel}.");
    private readonly Option<string?> _plot = TextOption.Create("--plot", "FILE.png",
        "Path of a plot of loss and accuracy. Default: none, since the report shows them; with --no-run beside the model, with its name.");
    private readonly Option<bool> _baselines = new("--baselines")
    {
        Description = "Compare with all simple baselines on the test data, however long they take. Default: only those that take under "
            + "a tenth of the training time.",
    };
    private readonly Option<int> _season = TextOption.Create("--season", "N", "With --task forecast: period in steps of the seasonal "
        + "naive baseline. Default: found in the training data.", OptionText.WholeNumber);
    private readonly TrainingOptionSet _trainingOptions = new();
    private readonly DataOptionSet _dataOptions = DataOptionSet.Create();
    private readonly Option<bool> _json = JsonOption.Create();
    private readonly Terminal _terminal;

    public TrainCommand(Terminal terminal)
        : base("train", "Train a model on labelled sequences.")
    {
        _terminal = terminal;
        Arguments.Add(_data);
        foreach (Option option in (Option[])[.. _taskOptions.Options, _test, _from, _run, _noRun, _resume, _saveEvery,
            _tensorBoard, _out, _plot, _baselines, _season, .. _trainingOptions.Options, .. _dataOptions.Options, _json])
            Options.Add(option);
        SetAction(words => _trainingOptions.Naming(() => words.Has(_resume) ? Resume(words) : Run(words, null)));
    }

    private int Resume(ParseResult words)
    {
        (RunFolder run, ParseResult? again) = new RunResume(this, _resume, [_trainingOptions.Threads, _saveEvery, _json], _terminal)
            .Read(words);
        return again is null ? ExitStatus.Done : Run(again, run);
    }

    private int Run(ParseResult words, RunFolder? resumed)
    {
        // All arguments are checked before training, which may take an hour.
        string? startName = words.GetValue(_from);
        using TaskRun? start = startName is null ? null : StartOf(startName);
        TrainingOptions options = _trainingOptions.Bind(words, start?.Estimator.Options);
        string dataName = words.GetValue(_data) ?? DataSource.Default;
        DataChoice? testChoice = words.GetValue(_test);
        string? testName = testChoice is null ? DataSource.HasTestPart(dataName) ? dataName : null : testChoice.Data;
        string? validationName = _trainingOptions.ValidationData(words);
        (string? modelPath, string? plotPath) = CheckOutputs(words, [dataName, testName, validationName, startName]);
        (TaskKind kind, bool areMany) = _taskOptions.Bind(words, dataName, start);
        if (words.Has(_season) && (kind != TaskKind.Forecast || words.GetValue(_season) < 1))
            throw new CommandException(kind == TaskKind.Forecast
                ? $"--season is {words.GetValue(_season)}; it must be at least 1."
                : "--season is for --task forecast.");
        if (testChoice is { Data: null } && (kind != TaskKind.Forecast || start is not null))
            throw new CommandException(
                "--test is a share, which is for --task forecast without --from; name test data instead.");
        if (words.GetValue(_baselines) && testName is null && kind != TaskKind.Forecast)
            throw new CommandException("--baselines needs test data; name them with --test.");
        if (words.GetValue(_baselines) && start is not null)
            throw new CommandException("--baselines compares methods trained on the same data, but a model with --from was also trained "
                + "on other data; leave out --baselines or --from.");
        using TaskRun task = TaskRun.Create(kind, options, areMany);
        (SequenceDataset data, SequenceDataset? validation, SequenceDataset? test) =
            new TrainingData(_terminal, NewSource(words, task, start), task, start).Read(dataName, validationName, testName, startName);
        HeldOutEnd? heldOut = kind == TaskKind.Forecast && test is null && start is null
            ? HeldOutEnd.Of(data, testChoice, options)
            : null;
        var args = RunArgs.Of(this, words, dataName, kind, options, _terminal);
        RunFolder? run = resumed ?? (words.GetValue(_noRun) ? null : RunFolder.Create(words.GetValue(_run), dataName));
        using IDisposable? hold = run?.Lock();
        if (run is not null && resumed is null)
            args.Write(run.Args);
        byte[]? dataFile = run is null ? null : RunData.Write(run, resumed is not null, [("train", heldOut?.Beginnings ?? data, dataName),
            ("validation", validation, validationName), ("test", test ?? heldOut?.Ends, testName)], startName, _terminal);
        return new TrainingJob(_terminal, new TrainingPlan
        {
            Task = task,
            Start = start,
            StartName = startName,
            Options = options,
            Data = data,
            Validation = validation,
            Test = test ?? heldOut?.Ends,
            HeldOut = heldOut,
            DataName = testName ?? dataName,
            Args = args,
            DataFile = dataFile,
            DataWords = [.. _dataOptions.Given(words)],
            Kind = kind,
            AllBaselines = words.GetValue(_baselines),
            Season = words.Has(_season) ? words.GetValue(_season) : null,
            Json = words.GetValue(_json),
            SaveEvery = words.Has(_saveEvery) ? words.GetValue(_saveEvery) : _defaultSaveEvery,
            TensorBoard = words.GetValue(_tensorBoard),
            Outputs = new TrainingOutputs(run, modelPath, plotPath),
        }).Run();
    }

    private DataSource NewSource(ParseResult words, TaskRun task, TaskRun? start) => new(
        _terminal, _dataOptions.Bind(words) with { Labels = task.Labels, UsualLabelColumn = start?.UsualLabelColumn },
        _dataOptions.BindAudio(words));

    /// <summary>Returns the paths of model and plot, checked.</summary>
    private (string? Model, string? Plot) CheckOutputs(ParseResult words, IReadOnlyList<string?> inputs)
    {
        bool hasRun = !words.GetValue(_noRun);
        if (!hasRun && words.Has(_run))
            throw new CommandException("--run names the folder of a run, and --no-run wants none; leave out one of the two.");
        if (!hasRun && words.Has(_saveEvery))
            throw new CommandException("--save-every saves in the folder of the run; leave out --no-run.");
        if (!hasRun && words.GetValue(_tensorBoard))
            throw new CommandException("--tensorboard writes to the folder of the run; leave out --no-run.");
        string? model = words.GetValue(_out) ?? (hasRun ? null : DefaultModel);
        string? plot = words.GetValue(_plot) ?? (hasRun ? null : Path.ChangeExtension(model, PlotExtension));
        string? extension = Path.GetExtension(model);
        if (model is not null && (PlotExtension.Equals(extension, StringComparison.OrdinalIgnoreCase) || DataFile.IsNamedLikeData(model)))
            throw new CommandException($"--out is '{model}', but {extension} is not an extension of a model; use .safetensors.");
        if (plot is not null && !Path.GetExtension(plot).Equals(PlotExtension, StringComparison.OrdinalIgnoreCase))
            throw new CommandException($"--plot is '{plot}'; the plot is a PNG file, so its name must end with {PlotExtension}.");
        foreach ((string option, string? path) in (ReadOnlySpan<(string, string?)>)[("--out", model), ("--plot", plot)])
        {
            if (path is null)
                continue;
            if (inputs.Any(input => input is not null && DataSource.IsPath(input) && Path.GetFullPath(input) == Path.GetFullPath(path)))
                throw new CommandException($"{option} is '{path}', which is also an input file; choose another name.");
            OutputFile.CheckWritable(option, path);
        }
        return (model, plot);
    }

    /// <summary>Loads the model that training starts from.</summary>
    private static TaskRun StartOf(string path)
    {
        if (DataSource.IsNamedLikeData(path))
            throw new CommandException($"--from is '{path}', which has the extension of a data file; give a model.");
        TaskRun start = TaskRun.Load(path);
        string? problem = start.Estimator.Members.Count > 1
            ? $"is an average of {start.Estimator.Members.Count} models; training can only start from a single model, such as one "
                + "trained with --cell gru."
            : start.Estimator.Options.IsReservoir ? $"has the cell {start.Estimator.Options.Cell}, which is fitted in one pass and "
                + "can't be continued. Train a new model with all data."
            : start.Estimator.Options.LearnsOutputByLeastSquares ? $"has the readout {start.Estimator.Options.Model.Readout.Name}, "
                + "whose output layer is fitted in one pass and can't be continued. Train a new model with all data."
            : null;
        if (problem is null)
            return start;
        start.Dispose();
        throw new CommandException($"The model of --from, '{path}', {problem}");
    }
}
