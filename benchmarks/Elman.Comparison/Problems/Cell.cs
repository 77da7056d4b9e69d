namespace Elman.Comparison.Problems;

/// <summary>A recurrent cell, with gates in the order of Elman: GRU r, z, n (reset after the product); LSTM i, f, g, o.</summary>
/// <param name="Name">The name of the cell in Elman's catalog.</param>
/// <param name="Gates">The number of gates, G: the input weights are <c>[I, G·H]</c>, the recurrent weights <c>[H, G·H]</c>.</param>
/// <param name="Biases">The number of vectors of H in the bias: the last gate of the GRU has a second one, inside its reset
/// product.</param>
internal sealed record Cell(string Name, int Gates, int Biases)
{
    /// <summary>The tanh RNN.</summary>
    public static Cell Rnn { get; } = new("rnn", 1, 1);

    /// <summary>The GRU in the form of PyTorch.</summary>
    public static Cell Gru { get; } = new("gru", 3, 4);

    /// <summary>The LSTM without peepholes.</summary>
    public static Cell Lstm { get; } = new("lstm", 4, 4);

    /// <summary>The minimal GRU, which has no recurrent weights; only Elman has it.</summary>
    public static Cell MinGru { get; } = new("mingru", 2, 2) { HasRecurrentWeights = false };

    /// <summary>The minimal LSTM, which has no recurrent weights either; only Elman has it.</summary>
    public static Cell MinLstm { get; } = new("minlstm", 3, 3) { HasRecurrentWeights = false };

    /// <summary>The linear recurrent unit, which only Elman has; its gates are the real and the imaginary part of its input.</summary>
    public static Cell Lru { get; } = new("lru", 2, 2) { HasRecurrentWeights = false };

    /// <summary>The cells that several libraries have.</summary>
    public static IReadOnlyList<Cell> All { get; } = [Rnn, Gru, Lstm];

    /// <summary>Whether its gates depend on the last output.</summary>
    public bool HasRecurrentWeights { get; init; } = true;

    /// <inheritdoc/>
    public override string ToString() => Name;
}
