using Elman.Cli.Tasks;

namespace Elman.Cli.Reports;

/// <summary>Gives advice if a model is hardly better than a constant prediction.</summary>
internal static class LearningAdvice
{
    /// <summary>Returns one line with the problem and advice.</summary>
    public static string For(TrainingResult result)
    {
        TrainingSummary summary = result.Summary;
        (string what, double loss) = summary.LeftOut is { } leftOut
            ? ("loss on held-out cases", leftOut.Loss)
            : ("training loss", summary.TrainLoss);
        string than = loss > summary.GuessLoss ? "no lower than" : "hardly lower than";
        return $"The model has not learned: its {what}, {Figures.Loss(loss)}, is {than} that of a constant prediction, "
            + $"{Figures.Loss(summary.GuessLoss!.Value)}. Try {Attempts(result.Task)}.";
    }

    private static string Attempts(TaskRun task)
    {
        TrainingOptions options = task.Estimator.Options;
        var attempts = new List<string>();
        if (options.IsAuto)
            attempts.Add("a larger --budget, a named --cell such as lstm with more --epochs");
        else if (options.IsReservoir)
            attempts.Add("more units (--layers)");
        else
            attempts.Add("more --epochs, a larger --learning-rate");
        if (!options.IsAuto && options.Inputs.Differences == 0)
            attempts.Add("--differences 1");
        if (!options.IsAuto && options.Inputs.Patch == 0 && task is not (TagRun or ForecastRun))
            attempts.Add("--patch for long sequences");
        if (!options.IsAuto)
            attempts.Add("another --cell");
        return $"{string.Join(", ", attempts)}; check that "
            + (task is ForecastRun ? "the steps are in the right order" : "the right column has the labels (--label-column)");
    }
}
