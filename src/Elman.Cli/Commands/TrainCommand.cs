using System.CommandLine;
using Elman.Cli.Input;
using Elman.Cli.Options;
using Elman.Cli.Output;
using Elman.Cli.Reports;
using Elman.Cli.Tasks;
using Elman.Data;

namespace Elman.Cli.Commands;

/// <summary><c>elman train</c>: trains a model, writes it and a plot, and tests it.</summary>
internal sealed class TrainCommand : Command
{
    private const string DefaultModel = "model.safetensors";
    private const string PlotExtension = ".png";

    /// <summary>
    /// The maximum share of the training time for each simple baseline, unless all are requested, and the minimum time limit in seconds.
    /// </summary>
    private const double BaselineShare = 0.1, LeastBaselineSeconds = 0.5;

    /// <summary>
    /// The minimum time limit of a baseline on text in seconds, because the simple baseline is the standard method for text.
    /// </summary>
    private const double LeastSecondsOnText = 10;

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
    private readonly Option<string?> _out = TextOption.Create("--out", "FILE", $"Path of the model file. Default: {DefaultModel}.");
    private readonly Option<string?> _plot = TextOption.Create(
        "--plot", "FILE.png", "Path of the plot of loss and accuracy. Default: beside the model, with its name.");
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
        foreach (Option option in (Option[])[.. _taskOptions.Options, _test, _from, _out, _plot, _baselines, _season,
            .. _trainingOptions.Options, .. _dataOptions.Options, _json])
            Options.Add(option);
        SetAction(words => _trainingOptions.Naming(() => Run(words)));
    }

    private int Run(ParseResult words)
    {
        // All arguments are checked before training, which may take an hour.
        string? startName = words.GetValue(_from);
        using TaskRun? start = startName is null ? null : StartOf(startName);
        TrainingOptions options = _trainingOptions.Bind(words, start?.Estimator.Options);
        string dataName = words.GetValue(_data) ?? DataSource.Default;
        DataChoice? testChoice = words.GetValue(_test);
        string? testName = testChoice is null ? DataSource.HasTestPart(dataName) ? dataName : null : testChoice.Data;
        string? validationName = _trainingOptions.ValidationData(words);
        (string modelPath, string plotPath) = Outputs(words, [dataName, testName, validationName, startName]);
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
        (SequenceDataset data, SequenceDataset? validation, SequenceDataset? test) = Read(
            words, task, start, dataName, validationName, testName);

        HeldOutEnd? heldOut = kind == TaskKind.Forecast && test is null && start is null
            ? HeldOutEnd.Of(data, testChoice, options)
            : null;
        test ??= heldOut?.Ends;
        SequenceDataset fitted = heldOut?.Beginnings ?? data;

        bool json = words.GetValue(_json);
        if (!json && start is not null)
            TrainingReport.WriteStart(_terminal, startName!, start.Estimator);
        if (!json)
            TrainingReport.WriteHeadline(_terminal, options, task, data, validation, test, heldOut);
        TrainingSummary summary = Train(json, (progress, token) => start is null
            ? task.Estimator.Fit(fitted, validation, progress, token)
            : task.Estimator.FitFrom(start.Estimator, fitted, validation, progress, token));
        OutputFile.Write(modelPath, task.Estimator.Save);
        foreach (string doubt in BandDoubts.About(task.Estimator, options))
            _terminal.Error.WriteLine($"elman: warning: {doubt}");
        if (heldOut is not null && !summary.Cancelled)
            LearnFromAll((SequenceForecaster)task.Estimator, data, validation, json, modelPath);

        if (test is not null)
            TextReport.WarnOfUnknown(_terminal, task.Estimator, test);
        TaskResult? evaluation = test is null ? null : task.Evaluate(test);
        IReadOnlyList<BaselineResult> baselines =
            test is null || start is not null ? [] : Compare(words, kind, options, fitted, test, summary);
        bool chosen = summary.ValidationLoss is not null && !options.IsReservoir;
        string title = Title(data, evaluation);
        bool drawn = Draw(plotPath, () => task.Estimator.Leaderboard is { } leaderboard
            ? LeaderboardPlot.Draw(title, leaderboard, task.HasRightAnswers)
            : TrainingPlot.Draw(title, task.Estimator.History, chosen ? summary.BestEpoch : null));
        var result = new TrainingResult(task, summary, evaluation, baselines, testName ?? dataName,
            [.. words.Tokens.Select(token => token.Value)], [.. _dataOptions.Given(words)], modelPath, drawn ? plotPath : null);
        if (json)
        {
            if (summary.Cancelled)
                _terminal.Error.WriteLine($"elman: stopped{(options.IsAuto ? "" : $" after {Figures.Count(summary.Epochs, "epoch")}")}; "
                    + $"the model trained so far is in {modelPath}.");
            TrainingReport.WriteJson(_terminal.Output, result);
        }
        else
        {
            TrainingReport.Write(_terminal, result);
        }
        return ExitStatus.Done;
    }

    /// <summary>Trains with progress output; can be interrupted.</summary>
    private TrainingSummary Train(bool json, Func<IProgress<TrainingProgress>?, CancellationToken, TrainingSummary> train)
    {
        using var interruption = new Interruption(
            () => _terminal.Error.WriteLine("elman: stopping; press Ctrl-C again to stop at once."), _terminal.Stop);
        return TrainingWatch.Run(_terminal, json, progress => train(progress, interruption.Token));
    }

    /// <summary>Fits the tested model to all data, including the end of the series, and writes it.</summary>
    private void LearnFromAll(
        SequenceForecaster tested, SequenceDataset data, SequenceDataset? validation, bool json, string path)
    {
        using var forecaster = new SequenceForecaster(tested.Options);
        string? problem = null;
        try
        {
            bool isStopped = Train(json, (progress, token) => forecaster.FitLike(tested, data, validation, progress, token)).Cancelled;
            problem = isStopped ? "it was stopped" : null;
        }
        catch (Exception e) when (e is OperationCanceledException or TrainingDivergedException or ArgumentException)
        {
            string said = e is ArgumentException argument ? Failure.WithoutParameter(argument) : e.Message;
            problem = e is OperationCanceledException ? "it was stopped" : said.TrimEnd('.');
        }
        if (problem is null)
            OutputFile.Write(path, forecaster.Save);
        else
            _terminal.Error.WriteLine($"elman: warning: the model was not trained on the end of the series ({problem}); {path} has the "
                + "tested model.");
    }

    /// <summary>Evaluates the simple baselines on the same test data.</summary>
    private IReadOnlyList<BaselineResult> Compare(
        ParseResult words, TaskKind kind, TrainingOptions options, SequenceDataset data, SequenceDataset test, TrainingSummary summary)
    {
        bool isForecast = kind == TaskKind.Forecast;
        double least = data.Vocabularies.Count > 0 ? LeastSecondsOnText : LeastBaselineSeconds;
        var limit = TimeSpan.FromSeconds(Math.Max(least, BaselineShare * (summary.Seconds ?? 0)));
        return Baseline.Evaluate(data.Without(options.Forecast.Known), test.Without(options.Forecast.Known), new BaselineOptions
        {
            Task = isForecast ? BaselineTask.Forecast : null,
            Horizon = isForecast ? options.Forecast.Horizon : 1,
            Season = words.Has(_season) ? words.GetValue(_season) : null,
            Seed = options.Seed,
            Threads = options.Threads,
            TimeLimit = words.GetValue(_baselines) ? null : limit,
        });
    }

    /// <summary>Draws the plot if the plot library is available; training succeeds even without it.</summary>
    private bool Draw(string path, Func<byte[]> draw)
    {
        byte[] picture;
        try
        {
            picture = draw();
        }
        catch (Exception e) when (Failure.Innermost(e) is DllNotFoundException)
        {
            _terminal.Error.WriteLine("elman: warning: no plot was written, because the plot libraries (libSkiaSharp, libHarfBuzzSharp) "
                + "are missing beside the program.");
            return false;
        }
        OutputFile.Write(path, picture);
        return true;
    }

    private (string Model, string Plot) Outputs(ParseResult words, IReadOnlyList<string?> inputs)
    {
        string model = words.GetValue(_out) ?? DefaultModel;
        string plot = words.GetValue(_plot) ?? Path.ChangeExtension(model, PlotExtension);
        string extension = Path.GetExtension(model);
        if (extension.Equals(PlotExtension, StringComparison.OrdinalIgnoreCase)
            || DataFile.IsNamedLikeData(model))
            throw new CommandException($"--out is '{model}', but {extension} is not an extension of a model; use .safetensors.");
        if (!Path.GetExtension(plot).Equals(PlotExtension, StringComparison.OrdinalIgnoreCase))
            throw new CommandException($"--plot is '{plot}'; the plot is a PNG file, so its name must end with {PlotExtension}.");
        foreach ((string option, string path) in (ReadOnlySpan<(string, string)>)[("--out", model), ("--plot", plot)])
        {
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

    private (SequenceDataset Data, SequenceDataset? Validation, SequenceDataset? Test) Read(
        ParseResult words, TaskRun task, TaskRun? start, string dataName, string? validationName, string? testName)
    {
        var source = new DataSource(
            _terminal, _dataOptions.Bind(words) with { Labels = task.Labels, UsualLabelColumn = start?.UsualLabelColumn },
            _dataOptions.BindAudio(words));
        if (validationName is not null && DataSource.HasTestPart(validationName))
            throw new CommandException($"--validation is '{validationName}', but "
                + $"{(ArchiveData.IsNamed(validationName) ? "such" : "built-in")} data have no validation part; hold out a share of the "
                + "training data, such as --validation 0.2.");
        if (start is not null)
            source = source.LikeThoseOf(start.Estimator);
        SequenceDataset data = source.ReadTrain(dataName);
        source = source.Like(data);
        SequenceDataset? validation = validationName is null ? null : source.ReadTrain(validationName);
        SequenceDataset? test = testName is null ? null : source.ReadTest(testName);
        SequenceDataset known = start is null ? data : start.Outline(Path.GetFileName(words.GetValue(_from)!));
        if (start is null)
            task.CheckTraining(data);
        else
            start.CheckTest(data, known);
        foreach (SequenceDataset? part in (SequenceDataset?[])[data, validation, test])
            if (part is not null && task.Estimator.Options.Forecast.Known.Count == 0)
                Suitability.CheckMissing(part, task.Estimator.Options.Inputs.Missing, isTrained: false);
        if (validation is not null)
            task.CheckTest(validation, known);
        if (test is not null)
            task.CheckTest(test, known);
        foreach (SequenceDataset? part in (SequenceDataset?[])[validation, test])
        {
            if (part is not null && start is not null)
                Suitability.CheckSymbols(part, start.Estimator, known.Name);
            else if (part is not null)
                Suitability.CheckSymbols(part, data, task.Estimator.Options.Inputs.Embed);
        }
        bool isForecast = task.Kind == TaskKind.Forecast;
        IEnumerable<string> doubts = Doubts.About(data);
        if (isForecast)
            doubts = doubts.Concat(TimeDoubts.About(data));
        foreach (SequenceDataset? part in (SequenceDataset?[])[validation, test])
            doubts = part is null ? doubts : doubts.Concat(Doubts.About(part, data));
        // Test data may continue where the validation data end.
        SequenceDataset earlier = isForecast && validation is not null && validation.ChannelNames.SequenceEqual(data.ChannelNames)
            ? validation.Following(data)
            : data;
        if (isForecast && validation is not null)
            doubts = doubts.Concat(TimeDoubts.About(validation, data));
        if (isForecast && test is not null)
            doubts = doubts.Concat(TimeDoubts.About(test, earlier));
        foreach (string doubt in doubts)
            _terminal.Error.WriteLine($"elman: warning: {doubt}");
        if (isForecast && start is not null)
            TimeDoubts.Warn(_terminal, start.Estimator, data);
        if (test is not null && isForecast && test.ChannelNames.SequenceEqual(data.ChannelNames))
            test = test.Following(earlier);
        return (data, validation, test);
    }

    private static string Title(SequenceDataset data, TaskResult? test) =>
        test is null ? Path.GetFileName(data.Name) : $"{Path.GetFileName(data.Name)}: {test.Headline}";
}
