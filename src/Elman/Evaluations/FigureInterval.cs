namespace Elman;

/// <summary>A figure of an evaluation with its confidence interval.</summary>
/// <param name="Figure">The name, as in JSON: <c>accuracy</c>, <c>balancedAccuracy</c>, <c>macroF1</c>, <c>logLoss</c>,
/// <c>calibrationError</c>, <c>recall</c>, <c>precision</c>, <c>f1</c>, <c>rocAuc</c>, <c>averagePrecision</c>, <c>exactMatch</c>,
/// <c>microF1</c>, <c>sequenceAccuracy</c>, <c>rmse</c>, <c>mae</c>, <c>r2</c>, <c>mase</c>.</param>
/// <param name="Of">The class, target, channel or step ahead that it is about; <see langword="null"/> for all together.</param>
/// <param name="Interval">The interval.</param>
public sealed record FigureInterval(string Figure, string? Of, ConfidenceInterval Interval)
{
    /// <summary>Whether a larger value is better.</summary>
    public bool GreaterIsBetter => Figure is not ("logLoss" or "calibrationError" or "rmse" or "mae" or "mase");

    /// <summary>Whether the value is between 0 and 1, so that it may be written in percent.</summary>
    public bool IsShare => Figure is "accuracy" or "balancedAccuracy" or "macroF1" or "calibrationError" or "recall" or "precision" or "f1"
        or "rocAuc" or "averagePrecision" or "exactMatch" or "microF1" or "sequenceAccuracy";
}
