namespace Elman.Comparison.Problems;

/// <summary>A named array of numbers: a weight, a gradient, an output.</summary>
/// <param name="Name">The name of the numbers; for a weight, its name in Elman's model files.</param>
/// <param name="Values">The numbers, row-major.</param>
internal sealed record NamedArray<T>(string Name, T[] Values);

/// <summary>The weights of one recurrent layer in one direction, in Elman's layout: <c>[in, out]</c>, gate after gate.</summary>
/// <param name="Wx">Wx, <c>[I, G·H]</c>.</param>
/// <param name="Wh">Wh, <c>[H, G·H]</c>; empty for a cell without recurrent weights.</param>
/// <param name="B">b, <c>[G·H]</c>; for a GRU <c>[4·H]</c>: b_r, b_z, b_n, b_hn.</param>
internal sealed record LayerWeights<T>(T[] Wx, T[] Wh, T[] B);

/// <summary>The weights of a recurrent classifier.</summary>
/// <param name="Layers">The layers, starting with the one that reads the data; of a bidirectional layer, the forward direction comes
/// first.</param>
/// <param name="Directions">The number of directions: 1, or 2 if every layer also reads backward.</param>
/// <param name="V">V of the linear layer, <c>[W, C]</c>.</param>
/// <param name="C">The bias of the linear layer, <c>[C]</c>.</param>
internal sealed record Weights<T>(IReadOnlyList<LayerWeights<T>> Layers, int Directions, T[] V, T[] C)
{
    /// <summary>Wx of the first layer.</summary>
    public T[] Wx => Layers[0].Wx;

    /// <summary>Wh of the first layer.</summary>
    public T[] Wh => Layers[0].Wh;

    /// <summary>b of the first layer.</summary>
    public T[] B => Layers[0].B;

    /// <summary>All weights with their names in Elman's model files.</summary>
    public IReadOnlyList<NamedArray<T>> Named =>
    [
        .. Layers.SelectMany((layer, i) =>
        {
            string name = $"rnn.{i / Directions}{(i % Directions == 1 ? ".reverse" : "")}";
            return ((NamedArray<T>[])[new($"{name}.wx", layer.Wx), new($"{name}.wh", layer.Wh), new($"{name}.b", layer.B)])
                .Where(weight => weight.Values.Length > 0);
        }),
        new("output.w", V), new("output.b", C),
    ];
}
