using Elman.Cli.Input;
using Elman.Cli.Output;
using Elman.Cli.Reports;
using Elman.Cli.Tasks;
using Elman.Reports.TensorBoard;

namespace Elman.Cli.Runs;

/// <summary>Trains a model, saves and tests it, compares it with baselines, and reports.</summary>
internal sealed class TrainingJob
{
    /// <summary>
    /// The maximum share of the training time for each simple baseline, unless all are requested, and the minimum time limit in seconds.
    /// </summary>
    private const double BaselineShare = 0.1, LeastBaselineSeconds = 0.5;

    /// <summary>
    /// The minimum time limit of a baseline on text in seconds, because the simple baseline is the standard method for text.
    /// </summary>
    private const double LeastSecondsOnText = 10;

    private readonly Terminal _terminal;
    private readonly TrainingPlan _plan;
    private readonly RunFolder? _run;
    private readonly RunLog? _log;
    private readonly TensorBoardLog? _curves;
    private int _status = ExitStatus.Done;
    private bool _isStopped;

    public TrainingJob(Terminal terminal, TrainingPlan plan)
    {
        (_terminal, _plan, _run) = (terminal, plan, plan.Outputs.Run);
        _log = _run is null ? null : new RunLog(_run, terminal);
        _curves = plan.TensorBoard ? new TensorBoardLog(_run!.TensorBoard, terminal.Clock) { Warnings = new Sentences(_log!.Warn) } : null;
    }

    private TaskRun Task => _plan.Task;

    /// <summary>Does all of it.</summary>
    /// <returns>The exit status: failed if a result could not be written where it should be.</returns>
    public int Run()
    {
        _log?.Write("start", members: json => json.WriteStrings("words", _plan.Args.Line));
        try
        {
            return RunAll();
        }
        catch (Exception e)
        {
            (_, string problem) = Failure.Of(e);
            _log?.Write("failed", "error", json => json.WriteString("message", problem));
            if (e is OperationCanceledException && _run is not null)
                throw new CommandException($"Stopped before there was a model. Continue with: {ResumeCommand}", e)
                { Status = ExitStatus.Failed };
            throw;
        }
    }

    private string ResumeCommand => $"elman train --resume {ShellWord.Quote(_run!.Path)}";

    private int RunAll()
    {
        if (!_plan.Json && _plan.Start is not null)
            TrainingReport.WriteStart(_terminal, _plan.StartName!, _plan.Start.Estimator);
        if (!_plan.Json)
            TrainingReport.WriteHeadline(_terminal, _plan.Options, Task, _plan.Data, _plan.Validation, _plan.Test, _plan.HeldOut);
        Task.Estimator.Checkpoint = CheckpointOf("fit");
        TrainingSummary summary = Train((progress, token) => _plan.Start is null
            ? Task.Estimator.Fit(_plan.Fitted, _plan.Validation, Recorded(progress), token)
            : Task.Estimator.FitFrom(_plan.Start.Estimator, _plan.Fitted, _plan.Validation, Recorded(progress), token));
        _isStopped = summary.Cancelled;
        if (summary.DivergedEpoch is int epoch && _run is null)
            _terminal.Warn(DivergenceNote.For(epoch));
        if (Task.Estimator.Leaderboard is { } leaderboard)
            _curves?.Add(leaderboard);
        string modelPath = SaveModel(Task.Estimator);
        foreach (string doubt in BandDoubts.About(Task.Estimator, _plan.Options))
            Warn(doubt);
        if (_plan.HeldOut is not null && !_isStopped)
            modelPath = LearnFromAll((SequenceForecaster)Task.Estimator, modelPath);
        if (_plan.Test is not null)
            TextReport.WarnOfUnknown(_terminal, Task.Estimator, _plan.Test);
        TaskResult? evaluation = _plan.Test is null ? null : Task.Evaluate(_plan.Test);
        IReadOnlyList<BaselineResult> baselines = _plan.Test is null || _plan.Start is not null ? [] : Compare(_plan.Test, summary);
        var result = new TrainingResult(Task, summary, evaluation, baselines, _plan.DataName, _plan.Args.Again, _plan.DataWords, modelPath,
            _plan.Outputs.PlotPath is { } plotPath && Draw(plotPath, summary, evaluation) ? plotPath : null)
        { Run = _run, IsStopped = _isStopped };
        if (_run is not null)
            WriteRun(_run, result);
        if (_plan.Json)
        {
            if (_isStopped)
                _terminal.Say(
                    $"stopped{(_plan.Options.IsAuto ? "" : $" after {Figures.Count(summary.Epochs, "epoch")}")}; "
                        + $"the model trained so far is in {modelPath}.");
            TrainingReport.WriteJson(_terminal.Output, result);
        }
        else
        {
            TrainingReport.Write(_terminal, result);
        }
        return _status;
    }

    /// <summary>Trains with progress output; can be interrupted.</summary>
    private TrainingSummary Train(Func<IProgress<TrainingProgress>?, CancellationToken, TrainingSummary> train)
    {
        using var interruption = new Interruption(
            () => _terminal.Say("stopping; press Ctrl-C again to stop at once."), _terminal.Stop);
        return TrainingWatch.Run(_terminal, _plan.Json, progress => train(progress, interruption.Token));
    }

    /// <summary>Returns a receiver of progress that also writes it to the run.</summary>
    private IProgress<TrainingProgress>? Recorded(IProgress<TrainingProgress>? progress) =>
        _run is null ? progress : new EpochRecorder(_run, _log!, _curves, progress);

    /// <summary>Returns where a part of the training saves its state.</summary>
    private CheckpointOptions? CheckpointOf(string part) => _run is null || _plan.SaveEvery == TimeSpan.Zero
        ? null
        : new CheckpointOptions(Path.Combine(_run.Checkpoint, part))
        {
            Every = _plan.SaveEvery,
            Warnings = new Sentences(_log!.Warn),
            Saved = path => _log!.Write("saved", members: json => json.WriteString("file", path)),
        };

    /// <summary>Saves the model in the run and where the command line asks for it.</summary>
    /// <returns>The path of the model.</returns>
    private string SaveModel(SequenceEstimator model)
    {
        string? asked = _plan.Outputs.ModelPath;
        if (_run is null)
            return Place(asked!, model.Save);
        CreateFolders(_run);
        string path = Place(_run.Best, model.Save);
        if (model.HasLastWeights)
            Try(() => OutputFile.Write(_run.Last, model.SaveLast));
        else
            Try(() => File.Delete(_run.Last)); // of a run that was stopped in an earlier epoch
        if (asked is not null)
            Place(asked, model.Save);
        return path;
    }

    private string Place(string path, Action<string> save)
    {
        string written = ModelPlace.Write(path, save, Warn);
        if (written != path)
            _status = ExitStatus.Failed;
        return written;
    }

    /// <summary>Creates the folder of the weights; and that of the run again, if it was removed during the training.</summary>
    private void CreateFolders(RunFolder run)
    {
        if (!Directory.Exists(run.Path))
            Warn($"the folder of the run, {run.Path}, was removed; it is created again, without what it had.");
        Try(() => OutputFile.Write(run.Best, path => Directory.CreateDirectory(Path.GetDirectoryName(path)!)));
        if (!File.Exists(run.Args))
            Try(() => _plan.Args.Write(run.Args));
        if (_plan.DataFile is { } data && !File.Exists(run.Data))
            Try(() => OutputFile.Write(run.Data, data));
    }

    /// <summary>Fits the tested model to all data, including the end of the series, and saves it.</summary>
    private string LearnFromAll(SequenceForecaster tested, string path)
    {
        using var forecaster = new SequenceForecaster(tested.Options) { Checkpoint = CheckpointOf("fit-all") };
        string? problem = null;
        try
        {
            TrainingSummary summary = Train((progress, token) =>
                forecaster.FitLike(tested, _plan.Data, _plan.Validation, progress, token));
            _isStopped = summary.Cancelled;
            problem = summary.Cancelled ? "it was stopped" : null;
            if (summary.DivergedEpoch is int epoch)
                Warn(DivergenceNote.For(epoch));
        }
        catch (Exception e) when (e is OperationCanceledException or TrainingDivergedException or ArgumentException)
        {
            string said = e is ArgumentException argument ? Failure.WithoutParameter(argument) : e.Message;
            _isStopped = e is OperationCanceledException;
            problem = _isStopped ? "it was stopped" : said.TrimEnd('.');
        }
        if (problem is null)
            return SaveModel(forecaster);
        Warn($"the model was not trained on the end of the series ({problem}); {path} has the tested model.");
        return path;
    }

    /// <summary>Evaluates the simple baselines on the same test data.</summary>
    private IReadOnlyList<BaselineResult> Compare(SequenceDataset test, TrainingSummary summary)
    {
        bool isForecast = _plan.Kind == TaskKind.Forecast;
        double least = _plan.Data.Vocabularies.Count > 0 ? LeastSecondsOnText : LeastBaselineSeconds;
        var limit = TimeSpan.FromSeconds(Math.Max(least, BaselineShare * (summary.Seconds ?? 0)));
        ForecastOptions forecast = _plan.Options.Forecast;
        return Baseline.Evaluate(_plan.Fitted.Without(forecast.Known), test.Without(forecast.Known), new BaselineOptions
        {
            Task = isForecast ? BaselineTask.Forecast : null,
            Horizon = isForecast ? forecast.Horizon : 1,
            Season = _plan.Season,
            Seed = _plan.Options.Seed,
            Threads = _plan.Options.Threads,
            TimeLimit = _plan.AllBaselines ? null : limit,
        });
    }

    /// <summary>Draws the plot if the plot library is available; training succeeds even without it.</summary>
    private bool Draw(string path, TrainingSummary summary, TaskResult? test)
    {
        bool chosen = summary.ValidationLoss is not null && !_plan.Options.IsReservoir;
        string name = Path.GetFileName(_plan.Data.Name), title = test is null ? name : $"{name}: {test.Headline}";
        byte[] picture;
        try
        {
            picture = Task.Estimator.Leaderboard is { } leaderboard
                ? LeaderboardPlot.Draw(title, leaderboard, Task.HasRightAnswers)
                : TrainingPlot.Draw(title, Task.Estimator.History, chosen ? summary.BestEpoch : null);
        }
        catch (Exception e) when (Failure.Innermost(e) is DllNotFoundException)
        {
            _terminal.Warn("no plot was written, because the plot libraries (libSkiaSharp, libHarfBuzzSharp) "
                + "are missing beside the program.");
            return false;
        }
        OutputFile.Write(path, picture);
        return true;
    }

    /// <summary>Writes the figures of the run, and deletes its checkpoint if training is complete.</summary>
    private void WriteRun(RunFolder run, TrainingResult result)
    {
        var files = new RunFiles(run, _plan, result);
        foreach (Action write in files.All)
            Try(write);
        // What could not be written is written by the next one.
        if (_isStopped || _status != ExitStatus.Done)
        {
            // The folder says that the run is not complete, even if nothing was saved.
            Try(() => Directory.CreateDirectory(run.Checkpoint));
            return;
        }
        Try(run.DeleteCheckpoint);
        _log!.Write("finished");
    }

    /// <summary>Does a part of the work whose failure does not end the rest.</summary>
    private void Try(Action work)
    {
        try
        {
            work();
        }
        catch (Exception e) when (e is CommandException or IOException or UnauthorizedAccessException)
        {
            Warn(Failure.Of(e).Sentence.TrimEnd('.') + ".");
            _status = ExitStatus.Failed;
        }
    }

    private void Warn(string sentence)
    {
        if (_log is not null)
            _log.Warn(sentence);
        else
            _terminal.Warn(sentence);
    }
}
