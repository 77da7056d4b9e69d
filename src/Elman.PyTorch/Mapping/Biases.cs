using System.Numerics.Tensors;
using Elman.Fitted;

namespace Elman.PyTorch.Mapping;

/// <summary>
/// The two biases of each gate in PyTorch and the one of a model, which is their sum. Only in the candidate of a GRU, where the reset gate
/// is between them, a model has both.
/// </summary>
internal static class Biases
{
    private const int GruGates = 3;

    /// <summary>Returns the biases of a layer of the model.</summary>
    /// <param name="both">Those of PyTorch, <c>[G·H]</c> each.</param>
    /// <param name="gates">The number of gates, G.</param>
    /// <param name="units">The number of units, H.</param>
    /// <returns><c>[G·H]</c>, for a GRU <c>[4·H]</c>.</returns>
    public static float[] Sum(PyTorchBiases both, int gates, int units)
    {
        float[] sum = new float[gates * units];
        TensorPrimitives.Add<float>(both.Input, both.Recurrent, sum);
        int candidate = 2 * units;
        return gates == GruGates ? [.. sum[..candidate], .. both.Input[candidate..], .. both.Recurrent[candidate..]] : sum;
    }

    /// <summary>
    /// Returns two biases whose sum is that of the model: element by element the ones that were imported, if their sum has not changed
    /// since; otherwise that of the model and 0.
    /// </summary>
    /// <param name="bias">The biases of the model, as <see cref="Sum"/> returns them.</param>
    /// <param name="kept">The ones that were imported; <see langword="null"/> if there were none.</param>
    /// <param name="gates">The number of gates, G.</param>
    /// <param name="units">The number of units, H.</param>
    public static PyTorchBiases Split(ReadOnlySpan<float> bias, PyTorchBiases? kept, int gates, int units)
    {
        float[] input = bias[..(gates * units)].ToArray(), recurrent = new float[gates * units];
        int sums = gates * units;
        if (gates == GruGates)
        {
            sums = 2 * units;
            bias[(gates * units)..].CopyTo(recurrent.AsSpan(sums));
        }
        for (int i = 0; i < sums && kept is not null; i++)
        {
            float sum = kept.Input[i] + kept.Recurrent[i];
            if (BitConverter.SingleToInt32Bits(sum) == BitConverter.SingleToInt32Bits(bias[i]))
                (input[i], recurrent[i]) = (kept.Input[i], kept.Recurrent[i]);
        }
        return new PyTorchBiases(input, recurrent);
    }
}
