namespace Elman;

/// <summary>A figure of an evaluation with its confidence interval.</summary>
/// <param name="Figure">The name, as in JSON: <c>accuracy</c>, <c>balancedAccuracy</c>, <c>macroF1</c>, <c>logLoss</c>,
/// <c>calibrationError</c>, <c>recall</c>, <c>precision</c>, <c>f1</c>, <c>rocAuc</c>, <c>averagePrecision</c>, <c>exactMatch</c>,
/// <c>microF1</c>, <c>sequenceAccuracy</c>, <c>rmse</c>, <c>mae</c>, <c>r2</c>, <c>nrmse</c>.</param>
/// <param name="Of">The class, target, channel or step ahead that it is about; <see langword="null"/> for all together.</param>
/// <param name="Interval">The interval.</param>
public sealed record FigureInterval(string Figure, string? Of, ConfidenceInterval Interval)
{
    /// <summary>What <see cref="Of"/> names.</summary>
    public FigurePart Part { get; init; }

    /// <summary>Whether a larger value is better.</summary>
    public bool GreaterIsBetter => Figure is not ("logLoss" or "calibrationError" or "rmse" or "mae" or "nrmse");

    /// <summary>Whether the value is between 0 and 1, so that it may be written in percent.</summary>
    public bool IsShare => Figure is "accuracy" or "balancedAccuracy" or "macroF1" or "calibrationError" or "recall" or "precision" or "f1"
        or "rocAuc" or "averagePrecision" or "exactMatch" or "microF1" or "sequenceAccuracy";
}

/// <summary>What a figure is about.</summary>
public enum FigurePart
{
    /// <summary>All cases together.</summary>
    All,

    /// <summary>A class.</summary>
    Class,

    /// <summary>A target of a regressor.</summary>
    Target,

    /// <summary>A number of steps ahead of a forecast.</summary>
    StepAhead,

    /// <summary>A channel of a forecast.</summary>
    Channel,
}
