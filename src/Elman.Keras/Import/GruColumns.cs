using Elman.Keras.Hdf5;

namespace Elman.Keras.Import;

/// <summary>Reorders the gates of a GRU: z, r, h in Keras, r, z, n in Elman.</summary>
internal static class GruColumns
{
    private const int Gates = 3, Candidate = 2;

    private static readonly int[] _order = [1, 0, Candidate];

    /// <summary>Copies a matrix or the biases.</summary>
    /// <param name="array">A matrix [rows, 3·H], or biases [3·H]; with the reset gate after the product [2, 3·H], of the input and of the
    /// recurrent weights.</param>
    /// <param name="units">H, the number of units.</param>
    /// <param name="values">Receives [rows, 3·H], or [3·H]; for biases [2, 3·H] of the gates [4·H]: r, z, n, and that inside n.</param>
    public static void Copy(Hdf5Array array, int units, Span<float> values)
    {
        int columns = Gates * units;
        if (values.Length == (Gates + 1) * units && array.Shape is [2, _])
        {
            CopyBiases(array, units, values);
            return;
        }
        for (int row = 0; row * columns < values.Length; row++)
            for (int gate = 0; gate < Gates; gate++)
                array.CopyTo((row * columns) + (_order[gate] * units), values.Slice((row * columns) + (gate * units), units));
    }

    private static void CopyBiases(Hdf5Array array, int units, Span<float> values)
    {
        int columns = Gates * units;
        float[] ofState = new float[units];
        for (int gate = 0; gate < Gates; gate++)
        {
            Span<float> ofInput = values.Slice(gate * units, units);
            array.CopyTo(_order[gate] * units, ofInput);
            array.CopyTo(columns + (_order[gate] * units), ofState);
            if (gate == Candidate) // only this one is multiplied by r, so the two stay apart
                ofState.CopyTo(values[columns..]);
            else
                for (int u = 0; u < units; u++)
                    ofInput[u] += ofState[u];
        }
    }
}
