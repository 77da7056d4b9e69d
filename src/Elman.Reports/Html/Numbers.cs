using System.Globalization;

namespace Elman.Reports.Html;

/// <summary>Numbers as text.</summary>
internal static class Numbers
{
    /// <summary>A number that is missing.</summary>
    public const string Missing = "–";

    /// <summary>A percent sign that stays on the line of its number.</summary>
    private const string PercentSign = "\u00a0%";

    /// <summary>A share as percent, as in <c>97.5 %</c>.</summary>
    public static string Percent(double share) =>
        double.IsFinite(share) ? (100 * share).ToString("0.0", CultureInfo.InvariantCulture).Replace('-', '−') + PercentSign : Missing;

    /// <summary>A number with about four significant digits.</summary>
    public static string Plain(double number) =>
        !double.IsFinite(number) ? Missing
            : number.ToString(Math.Abs(number) is >= 1e4 and < 1e12 ? "N0" : "G4", CultureInfo.InvariantCulture).Replace('-', '−');

    /// <summary>A whole number, as in <c>12,345</c>.</summary>
    public static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A number with its noun, as in <c>1 step</c> or <c>12 steps</c>.</summary>
    public static string Count(long number, string noun) => $"{Count(number)} {noun}{(number == 1 ? "" : "s")}";

    /// <summary>A figure.</summary>
    public static string Of(double value, bool isShare) => isShare ? Percent(value) : Plain(value);

    /// <summary>The limits of an interval, as in <c>91.0 to 95.1 %</c>.</summary>
    public static string Limits(ConfidenceInterval interval, bool isShare) => !interval.HasLimits
        ? "no interval"
        : $"{Of(interval.Lower, isShare).Replace(PercentSign, "", StringComparison.Ordinal)} to {Of(interval.Upper, isShare)}";

    /// <summary>A figure with its interval, as in <c>93.3 % (91.0 to 95.1 %)</c>.</summary>
    public static string WithLimits(ConfidenceInterval interval, bool isShare) =>
        interval.HasLimits ? $"{Of(interval.Estimate, isShare)} ({Limits(interval, isShare)})" : Of(interval.Estimate, isShare);

    /// <summary>A p value.</summary>
    public static string PValue(double p) => double.IsNaN(p) ? Missing
        : p < 0.001 ? "below 0.001" : ((p < 0.05 ? Math.Floor(1000 * p) : Math.Ceiling(1000 * p)) / 1000)
            .ToString("0.000", CultureInfo.InvariantCulture); // never rounded across the threshold

    /// <summary>The word for what a figure is about.</summary>
    public static string Name(FigurePart part) => part switch
    {
        FigurePart.Target => "target",
        FigurePart.StepAhead => "step ahead",
        FigurePart.Channel => "channel",
        _ => "class",
    };

    /// <summary>The words of a figure.</summary>
    public static string Name(string figure) => figure switch
    {
        "accuracy" => "accuracy",
        "balancedAccuracy" => "balanced accuracy",
        "macroF1" => "macro F1",
        "microF1" => "micro F1",
        "logLoss" => "log loss",
        "calibrationError" => "calibration error",
        "recall" => "recall",
        "precision" => "precision",
        "f1" => "F1",
        "rocAuc" => "AUC",
        "averagePrecision" => "average precision",
        "exactMatch" => "all classes right",
        "sequenceAccuracy" => "whole sequences right",
        "rmse" => "RMSE",
        "nrmse" => "RMSE in standard deviations",
        "mae" => "MAE",
        "r2" => "R²",
        _ => figure,
    };

    /// <summary>Text cut to a number of characters, with an ellipsis.</summary>
    public static string Cut(string text, int length)
    {
        var info = new StringInfo(text);
        return info.LengthInTextElements <= length ? text : info.SubstringByTextElements(0, length - 1) + "…";
    }
}
