namespace Elman.Comparison.Problems;

/// <summary>
/// A recurrent cell as all rivals know it. Gates in Elman's order: GRU r, z, n (reset after the product); LSTM i, f, g, o.
/// </summary>
/// <param name="Name">Its name in Elman's catalog.</param>
/// <param name="Gates">Gates, G: the input weights are <c>[I, G·H]</c>, the recurrent ones <c>[H, G·H]</c>.</param>
/// <param name="Biases">Vectors of H in the bias: the GRU's last gate has a second one, inside its reset product.</param>
internal sealed record Cell(string Name, int Gates, int Biases)
{
    /// <summary>tanh RNN.</summary>
    public static Cell Rnn { get; } = new("rnn", 1, 1);

    /// <summary>GRU as PyTorch has it.</summary>
    public static Cell Gru { get; } = new("gru", 3, 4);

    /// <summary>LSTM without peepholes.</summary>
    public static Cell Lstm { get; } = new("lstm", 4, 4);

    /// <summary>The minimal GRU, which has no recurrent weights; only Elman has it.</summary>
    public static Cell MinGru { get; } = new("mingru", 2, 2) { HasRecurrentWeights = false };

    /// <summary>The minimal LSTM, likewise.</summary>
    public static Cell MinLstm { get; } = new("minlstm", 3, 3) { HasRecurrentWeights = false };

    /// <summary>The linear recurrent unit, likewise; its gates are the real and the imaginary part of what goes in.</summary>
    public static Cell Lru { get; } = new("lru", 2, 2) { HasRecurrentWeights = false };

    /// <summary>All that several libraries have.</summary>
    public static IReadOnlyList<Cell> All { get; } = [Rnn, Gru, Lstm];

    /// <summary>Whether its gates see the last output.</summary>
    public bool HasRecurrentWeights { get; init; } = true;

    /// <inheritdoc/>
    public override string ToString() => Name;
}
