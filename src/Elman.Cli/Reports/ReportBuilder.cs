using Elman.Cli.Tasks;
using Elman.Reports;

namespace Elman.Cli.Reports;

/// <summary>Builds the report of a model: evaluates it, explains it, and looks at the data.</summary>
internal static class ReportBuilder
{
    /// <summary>The approximate number of multiply-adds that the importance of channels may take, and the maximum number of
    /// shuffles.</summary>
    private const double MostWork = 1.5e9;

    private const int MostShuffles = 5, LeastSequences = 30;

    /// <summary>Builds the report.</summary>
    public static Report Build(ReportSource source)
    {
        CaseAnswers? cases = source.Cases ?? (source.Test is null ? null : source.Task.Estimator.EvaluateCases(source.Test));
        IReadOnlyList<FigureInterval> figures = cases?.Intervals(source.Intervals) ?? [];
        IReadOnlyList<ReportBaseline> baselines = [.. source.Baselines.Select(baseline =>
            BaselineOf(baseline, cases, source.Intervals, source.Cases is null))];
        IReadOnlyList<ChannelImportance> importance = ImportanceOf(source);
        int[] channels = DrawnChannels(source.Test, importance);
        SequenceEstimator model = source.Task.Estimator;
        var classes = cases as ClassAnswers;
        TrainingSummary? summary = model.Summary;
        return new Report
        {
            Title = $"{Path.GetFileName(source.DataName)}: {TitleOf(source.Task)}",
            Verdict = ReportVerdict.Of(source, figures, baselines),
            Figures = [.. figures.Where(figure => figure.Of is null)],
            PartFigures = [.. figures.Where(figure => figure.Of is not null)],
            Intervals = cases is null ? "" : IntervalsOf(cases, source.Intervals) + (source.Cases is null ? ""
                : " The cases are those of the first repeat. The models of the folds are taken as given: another "
                    + "division gives other models."),
            Baselines = baselines,
            History = source.HasTraining ? model.History : [],
            BestEpoch = source.HasTraining && summary?.ValidationLoss is not null && !model.Options.IsReservoir ? summary.BestEpoch : null,
            Leaderboard = source.HasTraining ? model.Leaderboard : null,
            Confusion = classes?.Evaluation.Confusion,
            Classes = classes?.Classes ?? [],
            ClassCases = [.. MetricsJson.ScoresOf(cases).Select(score => score.Cases)],
            WorstCases = cases is null ? [] : ReportCases.Worst(source.Task, source.Test!, cases, channels),
            Reliability = classes?.Reliability(source.Intervals) ?? [],
            Forecasts = cases is NumberAnswers numbers && model is SequenceForecaster forecaster
                ? ReportForecasts.Of(forecaster, source.Test!, numbers)
                : [],
            Bands = model is SequenceForecaster bands && source.Test is not null ? bands.Evaluate(source.Test).Bands : [],
            Backtest = source.Backtest,
            Importance = importance,
            ImportanceName = source.Task switch
            {
                { Kind: TaskKind.Regress or TaskKind.Forecast } when figures is [{ Figure: "nrmse" }, ..] =>
                    "rise of the root mean squared error in standard deviations",
                { Kind: TaskKind.Regress or TaskKind.Forecast } => "rise of the root mean squared error",
                { Labels: Data.LabelKind.Classes } => "fall of the share with all classes right",
                _ => "fall of the accuracy",
            },
            Saliencies = source.Test is null || source.Cases is not null
                ? []
                : ReportCases.Saliencies(source.Task, source.Test, cases!, channels),
            DataWarnings = [.. ReportData.Warnings(source)],
            DataFacts = [.. ReportData.Facts(source)],
            // The models of folds are gone; the one that is here describes the task.
            ModelFacts = source.Cases is null ? [.. ReportModel.Facts(source)] : [],
            Command = source.Words.Count == 0 ? "" : string.Join(' ', source.Words.Prepend("elman").Select(ShellWord.Quote)),
            Hash = source.ModelPath is null ? "" : ReportModel.HashOf(source.ModelPath),
        };
    }

    /// <summary>The task with its number of outputs, as in <c>classification, 6 classes</c>.</summary>
    private static string TitleOf(TaskRun task) => task.Kind switch
    {
        TaskKind.Tag => $"classes of steps, {Figures.Count(task.Names.Count, "class")}",
        TaskKind.Regress => $"regression, {Figures.Count(task.Names.Count, "target")}",
        TaskKind.Forecast => $"forecast of {Figures.Count(task.Names.Count, "channel")}",
        _ => $"classification, {Figures.Count(task.Names.Count, "class")}",
    };

    private static ReportBaseline BaselineOf(BaselineResult baseline, CaseAnswers? cases, IntervalOptions options, bool hasOption)
    {
        if (baseline.IsSkipped || cases is null)
            return new ReportBaseline(baseline.Name, null, null, baseline.IsSkipped ? SentenceOf(baseline, hasOption) : null);
        ConfidenceInterval score = baseline.Cases?.MainInterval(options).Interval
            ?? new ConfidenceInterval(baseline.Score, double.NaN, double.NaN, options.Level);
        return new ReportBaseline(baseline.Name, score, baseline.Cases is { } others ? cases.CompareWith(others, options) : null);
    }

    private static string SentenceOf(BaselineResult skipped, bool hasOption)
    {
        string reason = BaselineReport.Reason(skipped).Trim(',', '.', ' ');
        int hint = hasOption ? -1 : reason.IndexOf("; add --baselines", StringComparison.Ordinal); // an option of elman train
        reason = hint < 0 ? reason : reason[..hint];
        return $"{char.ToUpperInvariant(reason[0])}{reason[1..]}.";
    }

    private static string IntervalsOf(CaseAnswers cases, IntervalOptions options) =>
        $"{Figures.Count(cases.Cases, "case")} in {Figures.Count(cases.Units, "unit")}; units are taken as independent "
            + $"(a unit is a {cases.UnitName}). Intervals "
            + FormattableString.Invariant($"have a level of {100 * options.Level:0.#} %, bootstraps have {options.Resamples} resamples ")
            + FormattableString.Invariant($"with the seed {options.Seed}.");

    /// <summary>Measures the importance on as many sequences as the budget allows; none if there are no several channels.</summary>
    private static IReadOnlyList<ChannelImportance> ImportanceOf(ReportSource source)
    {
        if (source.Cases is not null || source.Test is not { Count: > 0 } test
            || (test.Channels < 2 && source.Task.Kind != TaskKind.Forecast))
            return [];
        double ofAll = (double)test.TotalSteps * source.Task.Estimator.ParameterCount;
        double shuffles = MostWork / Math.Max(1, ofAll * test.Channels);
        int repeats = (int)Math.Clamp(shuffles, 1, MostShuffles);
        int sequences = (int)Math.Clamp(test.Count * shuffles / repeats, LeastSequences, 1000);
        bool isTooMuch = MostWork < ofAll * test.Channels * Math.Min(1, (double)sequences / test.Count) / 4;
        var options = new ImportanceOptions { Repeats = repeats, MostSequences = sequences };
        return isTooMuch ? [] : ChannelImportance.Measure(source.Task.Estimator, test, options);
    }

    /// <summary>The channels that are drawn: all if they are few, else the most important ones.</summary>
    private static int[] DrawnChannels(SequenceDataset? test, IReadOnlyList<ChannelImportance> importance)
    {
        const int Most = 6;
        if (test is null)
            return [];
        IEnumerable<int> all = Enumerable.Range(0, test.Channels);
        return [.. (importance.Count == test.Channels && test.Channels > Most ? all.OrderByDescending(c => importance[c].Mean) : all)
            .Take(Most).Order()];
    }
}
