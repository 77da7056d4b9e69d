using System.Numerics;
using Elman.Cells;
using Elman.Kernels;
using Elman.Packing;
using Elman.Recurrent;

namespace Elman.Models;

/// <summary>
/// Initialises the weights of a reservoir of oscillators (see <see cref="OscillatorCell"/>): time constants τ log-uniform from 0.7 steps up
/// to a share of the length of the training sequences, λ = exp(−1/τ + i·θ) with angles θ = min(π, u/τ), u log-uniform in 0.3 … 6, so that
/// a unit oscillates a little before it decays; θ is 0 in 15 % of the units, which only decay. A unit reads a few random inputs with
/// weights N(0, 1), and half of the units have a second stage. If units are mixed, the weights of the mix are N(0, 1);
/// <see cref="MixScales"/>
/// scales them.
/// </summary>
internal static class OscillatorInitializer
{
    /// <summary>The shortest time constant, in steps, and the minimum of the longest one.</summary>
    public const double ShortestMemory = 0.7, LeastLongestMemory = 2;

    /// <summary>
    /// b of every unit, 2⁻⁸⁰: far too small to affect results, but it keeps decaying states from becoming subnormal numbers, which are slow
    /// on processors.
    /// </summary>
    public const double Bias = 8.271806125530277e-25;

    private const double LeastTurn = 0.3, GreatestTurn = 6, ShareWithoutTurn = 0.15;

    private const int MostInputs = 9;

    /// <summary>Sets the weights of a recurrent layer.</summary>
    public static void Fill<T>(RecurrentLayer<T> layer, Parameters<T> values, ReservoirShape shape, SeededRandom random)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int units = layer.Shape.HiddenSize;
        double longest = Math.Max(LeastLongestMemory, shape.LongestMemory * shape.MedianSteps);
        Span<T> weights = values.Span(layer.Weights.Diagonal!);
        for (int unit = 0; unit < units; unit++)
        {
            double tau = LogUniform(ShortestMemory, longest, random), turn = LogUniform(LeastTurn, GreatestTurn, random);
            bool turns = random.NextDouble() >= ShareWithoutTurn;
            double modulus = Functions.Exp(-1 / tau);
            (double sin, double cos) = Functions.SinCos(turns ? Math.Min(Math.PI, turn / tau) : 0);
            bool hasSecondStage = unit >= units / 2; // units with one stage come first, so that whole lanes have one stage
            Set(weights, 0, unit, modulus * cos, modulus * sin);
            Set(weights, 2, unit, hasSecondStage ? modulus * cos : 0, hasSecondStage ? modulus * sin : 0);
            (sin, cos) = Functions.SinCos(random.NextUniform(0, 2 * Math.PI));
            Set(weights, 4, unit, cos, sin);
        }
        Connect(values.Span(layer.Weights.Input), layer.Shape.InputSize, units, random);
        values.Span(layer.Weights.Bias).Fill(T.CreateTruncating(Bias));
        foreach (ParameterSlice mix in layer.Matrices)
            foreach (ref T weight in values.Span(mix))
                weight = T.CreateTruncating(random.NextNormal());

        void Set(Span<T> all, int vector, int unit, double real, double imaginary)
        {
            all[(vector * units) + unit] = T.CreateTruncating(real);
            all[((vector + 1) * units) + unit] = T.CreateTruncating(imaginary);
        }
    }

    /// <summary>Gives every unit some inputs: 1 to 9, their number log-uniform.</summary>
    public static void Connect<T>(Span<T> weights, int inputs, int units, SeededRandom random)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int most = Math.Min(inputs, MostInputs);
        int[] from = [.. Enumerable.Range(0, inputs)];
        for (int unit = 0; unit < units; unit++)
        {
            int chosen = Math.Clamp((int)LogUniform(1, most + 1, random), 1, most);
            for (int k = 0; k < chosen; k++)
            {
                int other = k + random.NextInt32(inputs - k);
                (from[k], from[other]) = (from[other], from[k]);
                weights[(from[k] * units) + unit] = T.CreateTruncating(random.NextNormal());
            }
        }
    }

    private static double LogUniform(double low, double high, SeededRandom random) =>
        Functions.Exp(random.NextUniform(Math.Log(low), Math.Log(high)));
}
