using System.Globalization;
using System.Text;

namespace Elman.Accuracy;

/// <summary>The table of all sets, in Markdown.</summary>
internal static class AccuracyTable
{
    private const string Start = "<!-- results -->", End = "<!-- /results -->";

    /// <summary>Returns the table.</summary>
    public static string Of(IReadOnlyList<SetResult> results, int seeds)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"Mean of seeds 1 to {seeds}, on {Environment.ProcessorCount} processors.")
            .AppendLine();
        text.AppendLine("| data set | training cases, test cases | steps, channels, classes | accuracy (95 % interval) | log loss | "
            + "seconds "
            + "| 1-NN DTW | ridge on statistics; for text: regression on n-grams | majority class | chosen models (seed 1) |");
        text.AppendLine("|---|---|---|---|---|---|---|---|---|---|");
        foreach (SetResult result in results)
            text.AppendLine(Row(result));
        return text.ToString();
    }

    /// <summary>Returns the row of a set.</summary>
    public static string Row(SetResult result)
    {
        (SequenceDataset train, SequenceDataset test) = (result.Data.Train, result.Data.Test);
        (double low, double high) = result.Interval();
        string steps = train.MinSteps == train.MaxSteps ? $"{train.MaxSteps}" : $"{train.MinSteps}–{train.MaxSteps}";
        return FormattableString.Invariant($"| {result.Data.Name} | {train.Count}, {test.Count} | {steps}, {train.Channels}, ")
            + FormattableString.Invariant($"{train.ClassLabels.Count} | {result.Accuracy:0.0000} ({low:0.000}–{high:0.000}) | ")
            + FormattableString.Invariant($"{result.LogLoss:0.0000} | {result.Seconds:0.0} | {Of(result, "1-NN")} | ")
            + FormattableString.Invariant($"{Of(result, "ridge", "regression")} | {Of(result, "majority")} | {result.Chosen} |");
    }

    /// <summary>Replaces the text between the marks in a file.</summary>
    public static void Replace(string path, string table)
    {
        string page = File.ReadAllText(path);
        int start = page.IndexOf(Start, StringComparison.Ordinal), end = page.IndexOf(End, StringComparison.Ordinal);
        if (start < 0 || end < start)
            throw new InvalidOperationException($"{path} has no '{Start}' followed by '{End}'; add both marks.");
        File.WriteAllText(path, page[..(start + Start.Length)] + "\n" + table + page[end..]);
    }

    /// <summary>Returns the accuracy of the first method whose name starts with one of the names; empty if there is none.</summary>
    private static string Of(SetResult result, params string[] names) =>
        result.Baselines.FirstOrDefault(baseline => names.Any(name => baseline.Name.StartsWith(name, StringComparison.Ordinal)))
            is { IsSkipped: false } baseline
            ? baseline.Score.ToString("0.000", CultureInfo.InvariantCulture)
            : "";
}
