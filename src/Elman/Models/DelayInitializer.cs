using System.Numerics;
using Elman.Cells;
using Elman.Kernels;
using Elman.Packing;
using Elman.Recurrent;

namespace Elman.Models;

/// <summary>
/// Initialises the weights of a reservoir of tapped delay lines (see <see cref="DelayLayer{T}"/>): three taps of 2 and six of −1, whose sum
/// is 0, and a dilation <c>d = ⌊2^u⌋</c>, u uniform from 0 to log₂((L − 1)/8) for a median sequence length of L steps, so that a kernel is
/// at most as long as one sequence. A unit reads a few random inputs with weights N(0, 1).
/// </summary>
internal static class DelayInitializer
{
    private const int TapsOfTwo = 3;

    /// <summary>Sets the weights of a layer; its bias stays 0.</summary>
    public static void Fill<T>(DelayLayer<T> layer, Parameters<T> values, ReservoirShape shape, SeededRandom random)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int units = layer.Shape.HiddenSize, most = DelayLayer<T>.MostDilation(layer.Shape.InputSize);
        double longest = Math.Clamp((shape.MedianSteps - 1) / (DelayPass<T>.Taps - 1), 1, most);
        Span<T> taps = values.Span(layer.Taps), dilations = values.Span(layer.Dilations);
        taps.Fill(-T.One);
        int[] places = [.. Enumerable.Range(0, DelayPass<T>.Taps)];
        for (int unit = 0; unit < units; unit++)
        {
            for (int k = 0; k < TapsOfTwo; k++)
            {
                int other = k + random.NextInt32(places.Length - k);
                (places[k], places[other]) = (places[other], places[k]);
                taps[(places[k] * units) + unit] = T.CreateTruncating(2);
            }
            double dilation = Math.Floor(Functions.Exp(random.NextUniform(0, Math.Log(longest))));
            dilations[unit] = T.CreateTruncating(Math.Clamp(dilation, 1, most));
        }
        OscillatorInitializer.Connect(values.Span(layer.Weights.Input), layer.Shape.InputSize, units, random);
    }
}
