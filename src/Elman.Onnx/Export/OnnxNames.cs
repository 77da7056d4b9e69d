namespace Elman.Onnx.Export;

/// <summary>The names of inputs, outputs and dimensions of exported graphs.</summary>
internal static class OnnxNames
{
    /// <summary>The values: <c>[batch, steps, channels]</c>, of one step <c>[batch, channels]</c>.</summary>
    public const string Values = "x";

    /// <summary>The number of steps of each sequence, <c>[batch]</c>.</summary>
    public const string Lengths = "lengths";

    /// <summary>The probabilities of classes.</summary>
    public const string Probabilities = "probabilities";

    /// <summary>The numbers of a regressor.</summary>
    public const string Numbers = "numbers";

    /// <summary>The forecast of a forecaster.</summary>
    public const string Forecast = "forecast";

    /// <summary>The quantiles of a forecast.</summary>
    public const string Quantiles = "quantiles";

    /// <summary>The dimension of sequences, and that of steps.</summary>
    public const string Batch = "batch", Steps = "steps";
}
