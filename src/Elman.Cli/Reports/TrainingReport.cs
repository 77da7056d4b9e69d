using Elman.Cli.Output;
using Elman.Cli.Tasks;

namespace Elman.Cli.Reports;

/// <summary>Reports the settings and the results of training.</summary>
internal static class TrainingReport
{
    /// <summary>Prints the model that training starts from.</summary>
    public static void WriteStart(Terminal terminal, string path, SequenceEstimator start) =>
        Lines.Write(terminal, $"Starting from {path}: {ShapeReport.Describe(start)}");

    /// <summary>Prints the data, the model and the training settings.</summary>
    public static void WriteHeadline(
        Terminal terminal, TrainingOptions options, TaskRun task, SequenceDataset data, SequenceDataset? validation, SequenceDataset? test,
        HeldOutEnd? heldOut)
    {
        Lines.Write(terminal, $"Training on {data.Name}: {Figures.Count(data.Count, "sequence")}, {task.Describe(data)}, "
            + $"{Figures.Count(data.Channels, "channel")}, {Figures.Steps(data)}");
        WriteMissing(terminal, options.Inputs.Missing, data);
        if (validation is not null)
            Lines.Write(terminal, $"Validating on {validation.Name}: {Figures.Count(validation.Count, "sequence")}");
        if (heldOut is not null)
            Lines.Write(terminal, $"Testing on {heldOut.Describe()}");
        else if (test is not null)
            Lines.Write(terminal, $"Testing on {test.Name}: {Figures.Count(test.Count, "sequence")}"
                + $"{(test.Any(sequence => sequence.ContextSteps > 0) ? $", continuing those of {data.Name}" : "")}");
        Lines.Write(terminal, options.Cell is AutoOptions auto
            ? $"Model: chosen by the training data{(auto.For == ModelUse.Streaming ? ", from those that can stream" : "")}, "
                + $"{(auto.Ensemble.Count > 0 ? $"as given: {auto.Ensemble}" : $"budget {Figures.Duration(auto.Budget)}")}, "
                + $"seed {options.Seed}"
            : $"Model: {ShapeReport.Describe(options)}; {Method(options)}, seed {options.Seed}");
        terminal.Output.WriteLine();
        terminal.Output.Flush();
    }

    private static string Method(TrainingOptions options) => options.IsReservoir
        ? $"least squares in one pass, ridge {Ridge(options)}" + string.Concat(options.Cell.Options.Where(option => !option.ShapesModel)
            .Select(option => $", {OptionText.Kebab(option.Name).Replace('-', ' ')} {option.TextOf(options.Cell)}"))
        : $"{OptionText.Of(options.Optimizer)}, learning rate {Figures.Number(options.ResolvedLearningRate)}, "
            + $"{Figures.Count(options.Epochs, "epoch")}, batch {options.Batch}"
            + $"{(options.LearnsOutputByLeastSquares ? $", then the output layer by least squares, ridge {Ridge(options)}" : "")}";

    private static string Ridge(TrainingOptions options) => options.Ridge is double ridge ? Figures.Number(ridge) : OptionText.Auto;

    /// <summary>Prints the results.</summary>
    public static void Write(Terminal terminal, TrainingResult result)
    {
        TrainingSummary summary = result.Summary;
        if (result.Task.Estimator.Leaderboard is { } leaderboard)
        {
            WriteChoice(terminal, result, leaderboard);
        }
        else
        {
            WriteTraining(terminal, result, summary);
        }
        if (summary.HasLearned == false)
            Lines.Write(terminal, LearningAdvice.For(result));
        if (result.Test is { } test)
        {
            Lines.Write(terminal, $"Test: {test.Line}");
            test.WriteTables(terminal);
            BaselineReport.Write(terminal, result.Baselines, test);
        }
        terminal.Output.WriteLine();
        if (result.Run is { } run)
        {
            Lines.Write(terminal, $"Run:   {run.Path}");
            if (File.Exists(run.Report))
                Lines.Write(terminal, $"Report: {run.Report}");
            if (result.IsStopped)
                Lines.WriteUnbroken(terminal, $"Go on: elman train --resume {ShellWord.Quote(run.Path)}");
        }
        else
        {
            Lines.Write(terminal, $"Model: {result.ModelPath}");
        }
        if (result.PlotPath is { } plot)
            Lines.Write(terminal, $"Plot:  {plot}");
        // Not wrapped, because a line break would split the command when it is pasted.
        string model = result.Run is { } of && result.ModelPath == of.Best ? of.Path : result.ModelPath;
        Lines.WriteUnbroken(terminal, $"Next:  elman predict {ShellWord.Quote(model)} "
            + $"{string.Join(' ', result.DataWords.Prepend(result.DataName).Select(ShellWord.Quote))}");
    }

    /// <summary>
    /// Writes the candidates, the chosen models, and the command that trains the same model without the automatic choice.
    /// </summary>
    private static void WriteChoice(Terminal terminal, TrainingResult result, Leaderboard leaderboard)
    {
        TrainingSummary summary = result.Summary;
        if (summary.Cancelled)
            Lines.Write(terminal, "Stopped; the choice is among the models fitted until then.");
        LeaderboardReport.Write(terminal, leaderboard, result.Task.HasRightAnswers);
        Lines.Write(terminal, $"Took {Figures.Duration(TimeSpan.FromSeconds(summary.Seconds ?? 0))} on "
            + $"{Figures.Count(summary.Threads ?? 0, "thread")}; {ModelReport.Parameters(result.Task.Estimator)}"
            + $"{(result.Task.Estimator.CanStream ? "; can run on a stream" : "; needs whole sequences")}");
        if (summary.ValidationLoss is { } loss)
            Lines.Write(terminal, $"Validation loss {Figures.Loss(loss)}{AndAccuracy(summary.ValidationAccuracy)}");
        if (result.Task.Estimator.Options.Cell is AutoOptions { Ensemble.Count: 0 })
            Lines.WriteUnbroken(terminal, "The same without choosing: elman "
                + $"{string.Join(' ', result.Words.Append("--ensemble").Append(leaderboard.Chosen.ToString()).Select(ShellWord.Quote))}");
    }

    private static void WriteTraining(Terminal terminal, TrainingResult result, TrainingSummary summary)
    {
        bool isReservoir = result.Task.Estimator.Options.IsReservoir;
        if (summary.Cancelled)
            Lines.Write(terminal,
                $"Stopped in {(isReservoir ? "the only pass" : $"epoch {summary.Epochs + 1}")}; the model trained so far is kept.");
        Lines.Write(terminal, $"{(isReservoir ? "Fitted in one pass" : $"Trained {Figures.Count(summary.Epochs, "epoch")}")} in "
            + $"{Figures.Duration(TimeSpan.FromSeconds(summary.Seconds ?? 0))}: {Figures.Rate(summary.SequencesPerSecond ?? 0)} "
            + $"sequences per second on {Figures.Count(summary.Threads ?? 0, "thread")}, {ModelReport.Parameters(result.Task.Estimator)}");
        if (result.Task.Estimator.History is [.., EpochResult last])
        {
            // Otherwise the last epoch trained only the layers, not the output.
            bool isOfAll = isReservoir || !result.Task.Estimator.Options.LearnsOutputByLeastSquares;
            Lines.Write(terminal, $"Training loss {Figures.Loss(summary.TrainLoss)}{AndAccuracy(isOfAll ? last.Accuracy : null)}");
        }
        if (summary.ValidationLoss is { } loss)
            Lines.Write(terminal, $"Validation loss {Figures.Loss(loss)}{AndAccuracy(summary.ValidationAccuracy)}"
                + $"{(isReservoir ? "" : $", lowest in epoch {summary.BestEpoch}, which is kept")}");
    }

    /// <summary>Reports the number of missing values, if any, and their treatment.</summary>
    private static void WriteMissing(Terminal terminal, MissingValues missing, SequenceDataset data)
    {
        if (data.CountMissing() == 0)
            return;
        Lines.Write(terminal, $"{Figures.Missing(data)}: {InputReport.Describe(missing)}");
        if (missing != MissingValues.Mask)
            return;
        int unseen = data.Count(sequence => Enumerable.Range(0, sequence.Steps)
            .All(t => sequence.Values.Slice(t * data.Channels, data.Channels).Span.Contains(float.NaN)));
        if (unseen > 0)
            Lines.Write(terminal, $"{Figures.Count(unseen, "sequence")} without a complete step: {(unseen == 1 ? "it is" : "they are")} "
                + "not used for training");
    }

    private static string AndAccuracy(double? accuracy) => accuracy is { } share ? $", accuracy {Figures.Percent(share)}" : "";

    /// <summary>Writes the results as JSON.</summary>
    public static void WriteJson(TextWriter output, TrainingResult result) => JsonText.WriteObject(output, json =>
    {
        TrainingSummary summary = result.Summary;
        json.WriteString("model", result.ModelPath);
        if (result.Run is { } run)
            json.WriteString("run", run.Path);
        json.WriteString("cell", result.Task.Estimator.Options.Cell.Name);
        json.WriteNumber("epochs", summary.Epochs);
        json.WriteNumber("bestEpoch", summary.BestEpoch);
        json.WriteNumberOrNull("trainLoss", summary.TrainLoss);
        json.WriteNumberOrNull("validationAccuracy", summary.ValidationAccuracy);
        json.WriteNumberOrNull("validationLoss", summary.ValidationLoss);
        json.WriteNumberOrNull("guessLoss", summary.GuessLoss);
        json.WriteStartArray("history");
        foreach (EpochResult epoch in result.Task.Estimator.History)
        {
            json.WriteStartObject();
            json.WriteNumber("epoch", epoch.Epoch);
            json.WriteNumber("seconds", epoch.Elapsed.TotalSeconds);
            json.WriteNumberOrNull("trainLoss", epoch.Loss);
            json.WriteNumberOrNull("trainAccuracy", epoch.Accuracy);
            json.WriteNumberOrNull("validationLoss", epoch.ValidationLoss);
            json.WriteNumberOrNull("validationAccuracy", epoch.ValidationAccuracy);
            json.WriteNumber("learningRate", epoch.LearningRate);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        if (summary.HasLearned is { } fitted)
            json.WriteBoolean("learned", fitted);
        else
            json.WriteNull("learned");
        json.WriteNumberOrNull("testAccuracy", result.Test?.Accuracy);
        if (result.Task.Estimator.Leaderboard is { } leaderboard)
            LeaderboardReport.WriteJson(json, leaderboard);
        if (result.Test is { } test)
        {
            json.WriteStartObject("test");
            test.WriteMembers(json);
            json.WriteEndObject();
            BaselineReport.WriteJson(json, result.Baselines, test);
        }
        json.WriteNumber("parameters", result.Task.Estimator.ParameterCount);
        json.WriteNumberOrNull("seconds", summary.Seconds);
        json.WriteNumberOrNull("sequencesPerSecond", summary.SequencesPerSecond);
        json.WriteNumberOrNull("threads", summary.Threads);
        json.WriteNumber("seed", summary.Seed);
    });
}
