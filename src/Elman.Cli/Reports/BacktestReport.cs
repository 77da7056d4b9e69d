using Elman.Cli.Output;
using Spectre.Console;

namespace Elman.Cli.Reports;

/// <summary>Reports the results of a backtest.</summary>
internal static class BacktestReport
{
    /// <summary>Writes text.</summary>
    /// <param name="terminal">The terminal.</param>
    /// <param name="folds">The folds.</param>
    /// <param name="wanted">The requested number of folds.</param>
    public static void Write(Terminal terminal, IReadOnlyList<BacktestFold> folds, int wanted)
    {
        if (folds.Count < wanted)
            Lines.Write(terminal, $"Stopped after {Figures.Count(folds.Count, "fold")}.");
        string[] baselines = [.. folds.SelectMany(fold => fold.Baselines).Where(result => !result.IsSkipped).Select(NameOf).Distinct()];
        double[] bands = [.. folds.SelectMany(fold => fold.Evaluation.Bands).Select(band => Math.Round(band.Nominal, 6)).Distinct()];
        if (Tables.Fit(terminal, folds.Select((fold, i) => Label(fold, i)), width => Create(terminal, folds, baselines, bands, width))
            is { } table)
            terminal.Tables.Write(table);
        foreach (string name in baselines)
        {
            // Some folds may have too little history for a season.
            BacktestFold[] judged = [.. folds.Where(fold => double.IsFinite(Score(fold, name)))];
            if (judged.Length == 0)
                continue;
            double model = judged.Average(fold => fold.Rmse), baseline = judged.Average(fold => Score(fold, name));
            Lines.Write(terminal, model < baseline
                ? $"The {ErrorName(folds)} is {Figures.Percent(1 - (model / baseline))} below that of {name}."
                : $"The model does not beat {name}: its {ErrorName(folds)} is {Figures.Percent((model / baseline) - 1)} higher.");
        }
        if (folds[0].Evaluation.All.IsScaled)
            Lines.Write(terminal, "NRMSE: the root mean squared error over all channels, in standard deviations of each.");
        Lines.Write(terminal, "MASE: the mean absolute error divided by the mean absolute change over one season in the training data.");
    }

    private static Table Create(
        Terminal terminal, IReadOnlyList<BacktestFold> folds, string[] baselines, double[] bands, int labelWidth)
    {
        Table table = Tables.Create().AddColumn(Tables.Texts(terminal, "from"));
        foreach (string heading in (string[])[ErrorName(folds), .. baselines, "MASE", .. bands.Select(InBand)])
            table.AddColumn(Tables.Numbers(terminal, heading));
        for (int i = 0; i < folds.Count; i++)
        {
            BacktestFold fold = folds[i];
            Add(Label(fold, i), fold.Rmse, name => Score(fold, name), fold.Mase, band => Coverage(fold, band));
        }
        if (folds.Count > 1)
            Add("mean", folds.Average(fold => fold.Rmse), name => folds.Average(fold => Score(fold, name)),
                folds.Average(fold => fold.Mase), band => folds.Average(fold => Coverage(fold, band)));
        return table;

        void Add(string from, double rmse, Func<string, double> score, double mase, Func<double, double> coverage) =>
            table.AddRow([Tables.Label(from, labelWidth), Tables.Cell(Figures.Number(rmse)),
                .. baselines.Select(name => Tables.Cell(Figures.Number(score(name)))), Tables.Cell(Figures.Share(mase)),
                .. bands.Select(band => Tables.Cell(Figures.Percent(coverage(band))))]);
    }

    private static string Label(BacktestFold fold, int index) => fold.From ?? FormattableString.Invariant($"fold {index + 1}");

    /// <summary>Writes JSON.</summary>
    public static void WriteJson(TextWriter output, IReadOnlyList<BacktestFold> folds) => JsonText.WriteObject(output, json =>
    {
        string error = ErrorName(folds).ToLowerInvariant();
        json.WriteStartArray("folds");
        foreach (BacktestFold fold in folds)
        {
            json.WriteStartObject();
            if (fold.From is { } from)
                json.WriteString("from", from);
            json.WriteNumber("steps", fold.Steps);
            json.WriteNumberOrNull(error, fold.Rmse);
            json.WriteNumberOrNull(fold.Evaluation.All.IsScaled ? "nmae" : "mae", fold.Mae);
            json.WriteNumberOrNull("mase", fold.Mase);
            if (fold.Season is { } season)
                json.WriteNumber("season", season);
            BandScores.WriteJson(json, fold.Evaluation.Bands);
            json.WriteStartArray("baselines");
            foreach (BaselineResult baseline in fold.Baselines)
            {
                json.WriteStartObject();
                json.WriteString("name", baseline.Name);
                json.WriteNumberOrNull(error, baseline.IsSkipped ? null : baseline.Score);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteNumberOrNull(error, folds.Average(fold => fold.Rmse));
        json.WriteNumberOrNull("mase", folds.Average(fold => fold.Mase));
    });

    private static string ErrorName(IReadOnlyList<BacktestFold> folds) => folds[0].Evaluation.All.RmseName;

    private static string InBand(double nominal) => FormattableString.Invariant($"in {100 * nominal:0.#} %");

    /// <summary>Returns the name of the method without its season, which may differ between folds.</summary>
    private static string NameOf(BaselineResult result) => result.Name.Split(" (")[0];

    private static double Score(BacktestFold fold, string name) =>
        fold.Baselines.FirstOrDefault(result => !result.IsSkipped && NameOf(result) == name)?.Score ?? double.NaN;

    private static double Coverage(BacktestFold fold, double nominal) =>
        fold.Evaluation.Bands.FirstOrDefault(band => Math.Abs(band.Nominal - nominal) < 1e-5)?.Coverage ?? double.NaN;
}
