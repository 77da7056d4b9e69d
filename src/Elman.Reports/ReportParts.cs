namespace Elman.Reports;

/// <summary>A fact of a report.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Value">The value as text.</param>
public sealed record ReportFact(string Name, string Value);

/// <summary>A simple method that a model is compared with.</summary>
/// <param name="Name">The method.</param>
/// <param name="Score">Its main figure with the interval; <see langword="null"/> if it was skipped.</param>
/// <param name="Comparison">The model compared with it; <see langword="null"/> if it could not be compared.</param>
/// <param name="SkippedBecause">Why it was skipped; <see langword="null"/> if it was not.</param>
public sealed record ReportBaseline(
    string Name, ConfidenceInterval? Score, PairedComparison? Comparison, string? SkippedBecause = null);

/// <summary>The values of a sequence that are drawn.</summary>
/// <param name="Channels">The names of the channels that are drawn, a few of them.</param>
/// <param name="Values">For each of these channels the values, NaN where one is missing.</param>
/// <param name="AllChannels">The number of all channels.</param>
public sealed record ReportSeries(IReadOnlyList<string> Channels, IReadOnlyList<IReadOnlyList<double>> Values, int AllChannels)
{
    /// <summary>The sequence as text, if it is one; then nothing is drawn.</summary>
    public string? Text { get; init; }

    /// <summary>The steps that are marked, such as those that are predicted wrongly.</summary>
    public IReadOnlyList<int> Marks { get; init; } = [];
}

/// <summary>A case that is drawn with its true and its predicted value.</summary>
/// <param name="Name">The id of the sequence, or its number.</param>
/// <param name="Truth">The true class or number; empty if <paramref name="Detail"/> says it.</param>
/// <param name="Answer">The predicted class or number.</param>
/// <param name="Detail">What is to be said besides, such as the probability of the prediction.</param>
/// <param name="IsRight">Whether the prediction is correct; <see langword="null"/> for numbers.</param>
/// <param name="Series">The values.</param>
public sealed record ReportCase(string Name, string Truth, string Answer, string Detail, bool? IsRight, ReportSeries Series);

/// <summary>A sequence with what speaks for an output over time.</summary>
/// <param name="Name">The id of the sequence, or its number.</param>
/// <param name="Output">The class or number.</param>
/// <param name="Method">How it was computed.</param>
/// <param name="Series">The values.</param>
/// <param name="PerStep">The sum over all channels at each step.</param>
public sealed record ReportSaliency(
    string Name, string Output, SaliencyMethod Method, ReportSeries Series, IReadOnlyList<double> PerStep);

/// <summary>A forecast beside the values that followed.</summary>
/// <param name="Name">The name of the series and the channel.</param>
/// <param name="History">The values before the forecast.</param>
/// <param name="Actual">The values that followed; NaN if unknown.</param>
/// <param name="Forecast">The forecast.</param>
/// <param name="Levels">The levels of the quantiles.</param>
/// <param name="Quantiles">For each level, the quantiles of the steps ahead.</param>
/// <param name="From">When the forecast begins: a time or the index of the step.</param>
public sealed record ReportForecast(
    string Name, IReadOnlyList<double> History, IReadOnlyList<double> Actual, IReadOnlyList<double> Forecast,
    IReadOnlyList<double> Levels, IReadOnlyList<IReadOnlyList<double>> Quantiles, string From);
