namespace Elman.Comparison.Problems;

/// <summary>Numbers with a name: a weight, a gradient, an output.</summary>
/// <param name="Name">What they are; for a weight, its name in Elman's model files.</param>
/// <param name="Values">The numbers, row-major.</param>
internal sealed record NamedArray<T>(string Name, T[] Values);

/// <summary>The weights of a recurrent classifier in Elman's layout: <c>[in, out]</c>, gate after gate.</summary>
/// <param name="Wx">Wx, <c>[I, G·H]</c>.</param>
/// <param name="Wh">Wh, <c>[H, G·H]</c>.</param>
/// <param name="B">b, <c>[G·H]</c>; with a GRU <c>[4·H]</c>: b_r, b_z, b_n, b_hn.</param>
/// <param name="V">V of the linear layer, <c>[H, C]</c>.</param>
/// <param name="C">Its bias, <c>[C]</c>.</param>
internal sealed record Weights<T>(T[] Wx, T[] Wh, T[] B, T[] V, T[] C)
{
    /// <summary>Each with its name in Elman's model files.</summary>
    public IReadOnlyList<NamedArray<T>> Named =>
        [new("rnn.0.wx", Wx), new("rnn.0.wh", Wh), new("rnn.0.b", B), new("output.w", V), new("output.b", C)];
}
