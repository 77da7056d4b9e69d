namespace Elman.Onnx.Export.Layers;

/// <summary>
/// The weights of a layer in the layout of ONNX's recurrent operators: gates in another order, one below the other, and two biases.
/// </summary>
/// <param name="Order">For each gate of the operator the gate of the cell.</param>
/// <param name="Units">H.</param>
internal sealed record RecurrentWeights(int[] Order, int Units)
{
    /// <summary>The gates of the simple recurrent network.</summary>
    public static RecurrentWeights OfRnn(int units) => new([0], units);

    /// <summary>The gates of the GRU: z, r, n of r, z, n.</summary>
    public static RecurrentWeights OfGru(int units) => new([1, 0, 2], units);

    /// <summary>The gates of the LSTM: i, o, f, g of i, f, g, o.</summary>
    public static RecurrentWeights OfLstm(int units) => new([0, 3, 1, 2], units);

    private int Gates => Order.Length;

    /// <summary>Returns <c>[G·H, rows]</c> of a matrix <c>[rows, G·H]</c> of the model file.</summary>
    public float[] Transposed(ReadOnlySpan<float> weights)
    {
        int columns = Gates * Units, rows = weights.Length / columns;
        float[] result = new float[weights.Length];
        for (int gate = 0; gate < Gates; gate++)
            for (int unit = 0; unit < Units; unit++)
                for (int row = 0; row < rows; row++)
                    result[(((gate * Units) + unit) * rows) + row] = weights[(row * columns) + (Order[gate] * Units) + unit];
        return result;
    }

    /// <summary>The inverse of <see cref="Transposed"/>.</summary>
    public float[] Restored(ReadOnlySpan<float> weights)
    {
        int columns = Gates * Units, rows = weights.Length / columns;
        float[] result = new float[weights.Length];
        for (int gate = 0; gate < Gates; gate++)
            for (int unit = 0; unit < Units; unit++)
                for (int row = 0; row < rows; row++)
                    result[(row * columns) + (Order[gate] * Units) + unit] = weights[(((gate * Units) + unit) * rows) + row];
        return result;
    }

    /// <summary>
    /// Returns the two biases, <c>[2·G·H]</c>, of the biases of the model file. A GRU's may have one vector more, the bias of the
    /// candidate's recurrent product, which belongs to the second.
    /// </summary>
    public float[] Biases(ReadOnlySpan<float> bias)
    {
        float[] result = new float[2 * Gates * Units];
        for (int gate = 0; gate < Gates; gate++)
            bias.Slice(Order[gate] * Units, Units).CopyTo(result.AsSpan(gate * Units));
        bias[(Gates * Units)..].CopyTo(result.AsSpan(((2 * Gates) - 1) * Units));
        return result;
    }

    /// <summary>The inverse of <see cref="Biases"/>.</summary>
    /// <param name="biases">The two biases.</param>
    /// <param name="count">The number of biases of the model file.</param>
    public float[] Bias(ReadOnlySpan<float> biases, int count)
    {
        float[] result = new float[count];
        for (int gate = 0; gate < Gates; gate++)
            biases.Slice(gate * Units, Units).CopyTo(result.AsSpan(Order[gate] * Units));
        biases[(((2 * Gates) - 1) * Units)..][..(count - (Gates * Units))].CopyTo(result.AsSpan(Gates * Units));
        return result;
    }

    /// <summary>Returns the peepholes in the order of the operator, i, o, f, of those of the model file, i, f, o; and back.</summary>
    public float[] Peepholes(ReadOnlySpan<float> peepholes) =>
        [.. peepholes[..Units], .. peepholes[(2 * Units)..], .. peepholes[Units..(2 * Units)]];
}
