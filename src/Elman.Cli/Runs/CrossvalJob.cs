using System.Globalization;
using System.Text;
using Elman.Cli.Output;
using Elman.Cli.Reports;
using Elman.Cli.Tasks;
using Elman.Reports;

namespace Elman.Cli.Runs;

/// <summary>Cross-validates a model, and writes figures, predictions and a report.</summary>
internal sealed class CrossvalJob(
    Terminal terminal, TaskKind kind, bool areMany, TrainingOptions options, SequenceDataset data, CrossValidationOptions folds,
    RunFolder? run, RunArgs args)
{
    private static readonly TimeSpan _saveEvery = TimeSpan.FromSeconds(30);

    private readonly RunLog? _log = run is null ? null : new RunLog(run, terminal);
    private int _folds;

    /// <summary>Does all of it.</summary>
    public int Run(bool json)
    {
        int units = data.Select((one, i) => (one.Group, one.Group is null ? i : 0)).Distinct().Count();
        _folds = folds.LeaveOneGroupOut ? units : Math.Min(folds.Folds, units);
        _log?.Write("start", members: writer => writer.WriteStrings("words", args.Line));
        if (!json)
            Lines.Write(terminal, $"Cross-validation of {data.Name}: {Figures.Count(data.Count, "sequence")}, {Figures.Steps(data)}, "
                + (folds.LeaveOneGroupOut ? "a fold for each group" : Figures.Count(_folds, "fold"))
                + (folds.Repeats > 1 ? $", {Figures.Count(folds.Repeats, "repeat")}" : "") + $", seed {folds.Seed}");
        if (_folds < folds.Folds && !folds.LeaveOneGroupOut)
            Warn($"--folds is {folds.Folds}, but there are only {Figures.Count(units, units == data.Count ? "sequence" : "group")}, "
                + $"so there are {Figures.Count(_folds, "fold")}.");
        CrossValidationResult result = Validate();
        // The model of no fold is the result; one that knows the task is needed to describe it.
        using TaskRun task = Fitted();
        IReadOnlyList<BaselineResult> baselines = folds.LeaveOneGroupOut ? [] : Baseline.CrossValidate(data, new BaselineOptions
        {
            Folds = folds.Folds,
            Repeats = 1,
            Seed = folds.Seed,
            Threads = options.Threads,
            TimeLimit = TimeSpan.FromSeconds(Math.Max(1, 0.1 * result.Folds.Sum(fold => fold.Summary.Seconds ?? 0))),
        });
        Report report = ReportBuilder.Build(new ReportSource(task, data.Name)
        {
            Test = data,
            Cases = result.Cases[0],
            Baselines = baselines,
            Words = args.Again,
        });
        if (run is not null)
            WriteRun(run, task, result, report);
        if (json)
            WriteJson(result, report);
        else
            WriteText(result, report);
        return ExitStatus.Done;
    }

    private CrossValidationResult Validate()
    {
        using var interruption = new Interruption(
            () => terminal.Say("stopping; press Ctrl-C again to stop at once."), terminal.Stop);
        using var shown = new FoldProgress(terminal, folds.Repeats * _folds);
        try
        {
            return CrossValidation.Run(data, Start, folds, new Progress(_log), interruption.Token);
        }
        catch (OperationCanceledException e) when (run is not null)
        {
            throw new CommandException($"Stopped before all folds were complete. Continue with: {args.ResumeOf(run)}", e)
            { Status = ExitStatus.Failed };
        }

        SequenceEstimator Start(int repeat, int fold)
        {
            shown.Report((repeat * _folds) + fold);
            return Create(repeat, fold);
        }
    }

    private void Warn(string sentence)
    {
        if (_log is not null)
            _log.Warn(sentence);
        else
            terminal.Warn(sentence);
    }

    private SequenceEstimator Create(int repeat, int fold)
    {
        SequenceEstimator model = TaskRun.Create(kind, options, areMany).Estimator;
        if (run is not null)
            model.Checkpoint = new CheckpointOptions(
                Path.Combine(run.Checkpoint, FormattableString.Invariant($"repeat-{repeat + 1}-fold-{fold + 1}")))
            {
                Every = _saveEvery,
                SavesShortTrainings = true,
                Warnings = new Sentences(_log!.Warn),
            };
        return model;
    }

    /// <summary>Returns a small fitted model of the same task and data, whose names and outputs describe the task.</summary>
    private TaskRun Fitted()
    {
        TaskRun task = TaskRun.Create(kind, new TrainingOptions
        {
            Cell = "rnn",
            Model = new() { Layers = [1] },
            Epochs = 1,
            Threads = 1,
            Inputs = new() { Missing = options.Inputs.Missing, Embed = options.Inputs.Embed },
        }, areMany);
        task.Estimator.Fit(data);
        return task;
    }

    private void WriteRun(RunFolder folder, TaskRun task, CrossValidationResult result, Report report)
    {
        OutputFile.Write(folder.Folds, Encoding.UTF8.GetBytes(FoldTable(result)));
        OutputFile.Write(folder.File("predictions.csv"), Encoding.UTF8.GetBytes(OutOfFoldTable.Of(task, data, result)));
        ReportFiles.Write(folder, report);
        OutputFile.Write(folder.File("env.json"), JsonText.Document(json => RunEnvironment.Write(json, result.Folds[0].Summary)));
        OutputFile.Write(folder.Metrics, MetricsJson.ToFile(report));
        folder.DeleteCheckpoint();
        _log!.Write("finished");
    }

    private static string FoldTable(CrossValidationResult result)
    {
        var text = new StringBuilder("repeat,fold,sequences,score,seconds\n");
        foreach (CrossValidationFold fold in result.Folds)
            text.Append(CultureInfo.InvariantCulture, $"{fold.Repeat + 1},{fold.Fold + 1},{fold.Sequences.Count},{fold.Score},")
                .Append(CultureInfo.InvariantCulture, $"{fold.Summary.Seconds:0.###}\n");
        return text.ToString();
    }

    private string Score(double value) => kind == TaskKind.Regress ? Figures.Number(value) : Figures.Percent(value);

    private void WriteText(CrossValidationResult result, Report report)
    {
        foreach (IGrouping<int, CrossValidationFold> repeat in result.Folds.GroupBy(fold => fold.Repeat))
            Lines.Write(terminal, $"{(folds.Repeats > 1 ? $"Repeat {repeat.Key + 1}, folds" : "Folds")}: "
                + string.Join(", ", repeat.Select(fold => Score(fold.Score))));
        string spread = result.Folds.Count > 1 ? $", standard deviation {Score(result.Deviation)}" : "";
        Lines.Write(terminal, $"Mean over {Figures.Count(result.Folds.Count, "fold")}: {Score(result.Mean)}{spread}");
        Lines.Write(terminal, report.Verdict.Replace('\u00a0', ' '));
        if (run is not null)
        {
            terminal.Output.WriteLine();
            Lines.Write(terminal, $"Run:    {run.Path}");
            Lines.Write(terminal, $"Report: {run.Report}");
        }
    }

    private void WriteJson(CrossValidationResult result, Report report) => JsonText.WriteObject(terminal.Output, json =>
    {
        if (run is not null)
            json.WriteString("run", run.Path);
        json.WriteNumberOrNull("mean", result.Mean);
        json.WriteNumberOrNull("deviation", result.Deviation);
        json.WriteStartArray("folds");
        foreach (CrossValidationFold fold in result.Folds)
        {
            json.WriteStartObject();
            json.WriteNumber("repeat", fold.Repeat + 1);
            json.WriteNumber("fold", fold.Fold + 1);
            json.WriteNumber("sequences", fold.Sequences.Count);
            json.WriteNumberOrNull("score", fold.Score);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        MetricsJson.WriteFigures(json, report);
    });

    private sealed class Progress(RunLog? log) : IProgress<CrossValidationFold>
    {
        public void Report(CrossValidationFold value) => log?.Write("fold", members: json =>
        {
            json.WriteNumber("repeat", value.Repeat + 1);
            json.WriteNumber("fold", value.Fold + 1);
            json.WriteNumberOrNull("score", value.Score);
        });
    }
}
