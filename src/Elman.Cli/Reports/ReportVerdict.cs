using Elman.Cli.Tasks;
using Elman.Reports;

namespace Elman.Cli.Reports;

/// <summary>The result of a model as a sentence.</summary>
internal static class ReportVerdict
{
    private const double Significant = 0.05;

    /// <summary>Returns the sentence.</summary>
    public static string Of(ReportSource source, IReadOnlyList<FigureInterval> figures, IReadOnlyList<ReportBaseline> baselines)
    {
        if (figures.Count == 0)
            return source.IsTooLarge
                ? "The test data are too large for a report with intervals, which needs all predictions in memory; elman evaluate has the "
                    + "figures."
                : "The model was not tested: there are no data with known answers that it was not trained on.";
        FigureInterval main = figures[0];
        string value = main.IsShare ? Figures.Percent(main.Interval.Estimate) : Figures.Number(main.Interval.Estimate);
        string limits = !main.Interval.HasLimits ? "no interval" : main.IsShare
            ? $"95 % interval {Figures.Percent(main.Interval.Lower)} to {Figures.Percent(main.Interval.Upper)}"
            : $"95 % interval {Figures.Number(main.Interval.Lower)} to {Figures.Number(main.Interval.Upper)}";
        limits = limits.Replace(
            "95 %", FormattableString.Invariant($"{100 * main.Interval.Level:0.#} %"), StringComparison.Ordinal);
        string cases = source.Cases is null ? "test" : "held-out";
        return $"{Reaches(source.Task, cases, main.Figure, value)} ({limits}){Beside(main, baselines)}."
            .Replace(" %", "\u00a0%", StringComparison.Ordinal);
    }

    private static string Reaches(TaskRun task, string cases, string figure, string value) => figure switch
    {
        "accuracy" => $"The model predicts {value} of the {cases} {(task.Kind == TaskKind.Tag ? "steps" : "cases")} correctly",
        "exactMatch" => $"The model predicts all classes correctly for {value} of the {cases} cases",
        "nrmse" when task.Kind == TaskKind.Forecast =>
            $"The forecasts have a root mean squared error of {value} standard deviations of the channels, over all steps ahead",
        "nrmse" => $"The predictions have a root mean squared error of {value} standard deviations of the targets",
        _ when task.Kind == TaskKind.Forecast => $"The forecasts have a root mean squared error of {value} over all steps ahead",
        _ => $"The predictions have a root mean squared error of {value}",
    };

    private static string Beside(FigureInterval main, IReadOnlyList<ReportBaseline> baselines)
    {
        ReportBaseline[] done = [.. baselines.Where(baseline => baseline.Score is { } score && double.IsFinite(score.Estimate))];
        if (done.Length == 0)
            return "";
        ReportBaseline best = main.GreaterIsBetter
            ? done.MaxBy(baseline => baseline.Score!.Estimate)!
            : done.MinBy(baseline => baseline.Score!.Estimate)!;
        double difference = (main.Interval.Estimate - best.Score!.Estimate) * (main.GreaterIsBetter ? 1 : -1);
        string score = main.IsShare ? Figures.Percent(best.Score.Estimate) : Figures.Number(best.Score.Estimate);
        string name = $"the best simple baseline, {best.Name} with {score}";
        string chance = best.Comparison is not { } comparison || double.IsNaN(comparison.PValue) ? ""
            : comparison.PValue < Significant
                ? $", and the difference is significant ({comparison.Test}, p\u00a0{PValue(comparison.PValue)})"
                : $", but the difference is not significant ({comparison.Test}, p\u00a0{PValue(comparison.PValue)})";
        return difference switch
        {
            > 0 => $". It has a better score than {name}{chance}",
            < 0 => $". It has a worse score than {name}{chance}",
            _ => $". It has the same score as {name}",
        };
    }

    // Never rounded across the threshold.
    private static string PValue(double p) => p < 0.001 ? "<\u00a00.001"
        : FormattableString.Invariant($"=\u00a0{(p < Significant ? Math.Floor(1000 * p) : Math.Ceiling(1000 * p)) / 1000:0.000}");
}
