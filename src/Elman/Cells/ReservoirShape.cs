namespace Elman.Cells;

/// <summary>The options for the initialisation of a reservoir's weights, named as in <see cref="TrainingOptions"/>.</summary>
/// <param name="SpectralRadius">The spectral radius of Wh.</param>
/// <param name="Density">The share of a layer's units that are recurrent inputs of a unit.</param>
/// <param name="InputScale">The standard deviation of x·Wx if every input has standard deviation 1.</param>
/// <param name="LongestMemory">The longest time constant of an oscillator, as a share of <paramref name="MedianSteps"/>.</param>
/// <param name="MedianSteps">The median number of steps of the training sequences.</param>
internal sealed record ReservoirShape(
    double SpectralRadius, double Density, double InputScale, double LongestMemory = ReservoirShape.DefaultLongestMemory,
    double MedianSteps = 1)
{
    /// <summary>The default of the longest memory: a quarter of a sequence.</summary>
    public const double DefaultLongestMemory = 0.25;

    /// <summary>
    /// The defaults: in cross-validation on the training data of three data sets, these were the best overall, together with a leak rate of
    /// 0.3 and a ridge of 0.001.
    /// </summary>
    public static ReservoirShape Default { get; } = new(0.9, 0.1, 0.3);
}
