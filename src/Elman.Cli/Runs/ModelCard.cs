using System.Text;
using Elman.Cli.Reports;
using Elman.Cli.Tasks;
using Elman.Reports;

namespace Elman.Cli.Runs;

/// <summary>
/// The card of a model, <c>README.md</c>: what it is, its data, figures and limits, how to use and how to repeat it (M. Mitchell and
/// others, "Model cards for model reporting", 2019).
/// </summary>
internal static class ModelCard
{
    /// <summary>Returns the card as Markdown.</summary>
    public static string Of(Report report, RunFolder run, TrainingPlan plan)
    {
        var text = new StringBuilder();
        Section($"# {Plain(report.Title)}", Plain(report.Verdict), "[The report](report.html) shows how it was found.");
        Section("## Model", Facts(report.ModelFacts));
        Section("## Data", Facts(report.DataFacts));
        Section("## Figures", report.Figures.Count == 0
            ? "None."
            : $"On the test data. {report.Intervals}", Figures(report), Baselines(report));
        Section("## Limits", string.Join('\n', Limits(report, plan).Select(limit => $"- {Plain(limit)}")));
        string data = string.Join(' ', plan.DataWords.Prepend(plan.DataName).Select(ShellWord.Quote));
        Section("## Use", "```sh", $"elman predict {ShellWord.Quote(run.Path)} {data}", "```", "or in a .NET program", "```csharp",
            $"using SequenceEstimator model = SequenceEstimator.LoadAny(\"{run.Best.Replace('\\', '/')}\");", "```");
        Section("## Repeat", "```sh", report.Command, "```",
            report.Hash.Length == 0 ? "" : $"gives the same model: SHA-256 of `weights/best.safetensors` {report.Hash}. args.json has "
                + "every option, data.json the hashes of the data, and env.json the version and the machine.");
        return text.ToString();

        void Section(params string[] parts)
        {
            bool isCode = false;
            foreach (string part in parts.Where(part => part.Length > 0))
            {
                isCode ^= part.StartsWith("```", StringComparison.Ordinal);
                text.Append(part).Append(isCode || part == "```sh" ? "\n" : "\n\n");
            }
        }
    }

    private static string Facts(IReadOnlyList<ReportFact> facts) =>
        string.Join('\n', facts.Select(fact => $"- **{Plain(fact.Name)}**: {Plain(fact.Value)}"));

    private static string Figures(Report report) => report.Figures.Count == 0 ? "" : "| figure | value | 95 % interval |\n|---|---|---|\n"
        + string.Join('\n', report.Figures.Select(figure =>
            $"| {figure.Figure} | {Number(figure.Interval.Estimate, figure)} | {Interval(figure.Interval, figure)} |"));

    private static string Baselines(Report report) => report.Baselines.Count == 0 || report.Figures.Count == 0
        ? ""
        : "| baseline | score | 95 % interval |\n|---|---|---|\n"
            + string.Join('\n', report.Baselines.Select(baseline => baseline.Score is { } score
            ? $"| {Plain(baseline.Name)} | {Number(score.Estimate, report.Figures[0])} | {Interval(score, report.Figures[0])} |"
            : $"| {Plain(baseline.Name)} | not run | |"));

    private static string Interval(ConfidenceInterval interval, FigureInterval figure) => interval.HasLimits
        ? $"{Number(interval.Lower, figure)} to {Number(interval.Upper, figure)}"
        : "";

    private static string Number(double value, FigureInterval figure) =>
        figure.IsShare ? Reports.Figures.Share(value) : Reports.Figures.Number(value);

    private static IEnumerable<string> Limits(Report report, TrainingPlan plan)
    {
        yield return plan.Kind == TaskKind.Forecast
            ? "The forecasts assume that the future follows the patterns of the past."
            : "The figures are those of data like the test data; on data from another source they may be worse.";
        if (plan.Test is null)
            yield return "The model was not tested on data that it was not trained on.";
        if (plan.Task.HasRightAnswers)
            yield return "It always predicts one of its classes, also for sequences of another kind.";
        if (!plan.Task.Estimator.CanStream)
            yield return "It needs whole sequences and can't predict step by step.";
        foreach (string warning in report.DataWarnings)
            yield return warning;
    }

    /// <summary>Returns text from the data without effect in Markdown and HTML.</summary>
    private static string Plain(string text)
    {
        var plain = new StringBuilder();
        foreach (char c in text)
            _ = c switch
            {
                '<' => plain.Append("&lt;"),
                '&' => plain.Append("&amp;"),
                '|' or '*' or '_' or '`' or '[' or ']' or '#' or '\\' => plain.Append('\\').Append(c),
                _ when char.IsControl(c) => plain.Append(' '),
                _ => plain.Append(c),
            };
        return plain.ToString();
    }
}
