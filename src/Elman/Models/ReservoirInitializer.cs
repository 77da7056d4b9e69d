using System.Numerics;
using Elman.Cells;
using Elman.Packing;
using Elman.Recurrent;

namespace Elman.Models;

/// <summary>
/// Initialises the weights of a reservoir (M. Lukoševičius, "A practical guide to applying echo state networks", 2012), which are not
/// trained: Wx uniform, scaled so that x·Wx has a given standard deviation for any number of inputs; Wh sparse with a given spectral
/// radius; b uniform and small, so that the response to x and −x is not symmetric.
/// </summary>
internal static class ReservoirInitializer
{
    /// <summary>
    /// The minimum number of recurrent inputs of a unit, if there are enough units: with fewer, small reservoirs are not connected.
    /// </summary>
    public const int LeastConnections = 4;

    /// <summary>The limit of b, which is uniform in ± this value.</summary>
    public const double BiasLimit = 0.2;

    /// <summary>Sets the weights of a recurrent layer.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static void Fill<T>(
        RecurrentLayer<T> layer, Parameters<T> values, ReservoirShape shape, SeededRandom random, CancellationToken cancellationToken)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double limit = shape.InputScale * Math.Sqrt(3.0 / layer.Shape.InputSize); // uniform in ±limit has variance limit²/3
        foreach (ref T weight in values.Span(layer.Weights.Input))
            weight = T.CreateTruncating(random.NextUniform(-limit, limit));

        int units = layer.Shape.HiddenSize;
        double[] recurrent = new double[checked(units * units)]; // [from, to]
        double radius;
        do
        {
            Connect(recurrent, units, shape.Density, random);
            radius = shape.SpectralRadius == 0 ? 1 : DominantEigenvalue.Magnitude(recurrent, units, cancellationToken);
        }
        while (radius < 1e-6); // the weights of all cycles cancel out: draw again
        Span<T> wh = values.Span(layer.Weights.Recurrent!);
        for (int i = 0; i < recurrent.Length; i++)
            wh[i] = T.CreateTruncating(recurrent[i] * (shape.SpectralRadius / radius));

        foreach (ref T bias in values.Span(layer.Weights.Bias))
            bias = T.CreateTruncating(random.NextUniform(-BiasLimit, BiasLimit));
    }

    /// <summary>Returns the number of recurrent inputs of a unit.</summary>
    public static int Connections(int units, double density) =>
        Math.Clamp((int)Math.Round(density * units, MidpointRounding.AwayFromZero), Math.Min(LeastConnections, units), units);

    /// <summary>Gives every unit the same number of random recurrent inputs, possibly itself, with weights uniform in ±1.</summary>
    private static void Connect(Span<double> weights, int units, double density, SeededRandom random)
    {
        weights.Clear();
        int connections = Connections(units, density);
        int[] from = [.. Enumerable.Range(0, units)];
        for (int to = 0; to < units; to++)
        {
            for (int k = 0; k < connections; k++)
            {
                int other = k + random.NextInt32(units - k);
                (from[k], from[other]) = (from[other], from[k]);
                weights[(from[k] * units) + to] = random.NextUniform(-1, 1);
            }
        }
    }
}
