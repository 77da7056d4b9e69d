namespace Elman.Cells;

/// <summary>What a cell computes, as far as that can be chosen. Each cell takes some of these; the rest must be left at their defaults.</summary>
internal sealed record CellOptions
{
    /// <summary>Every default.</summary>
    public static CellOptions Default { get; } = new();

    /// <summary>The activation of the simple recurrent network.</summary>
    public Activation Activation { get; init; } = Activation.Tanh;

    /// <summary>Where the reset gate of a GRU acts.</summary>
    public GruReset GruReset { get; init; }

    /// <summary>Whether the gates of an LSTM look at its memory.</summary>
    public bool Peepholes { get; init; }

    /// <summary>Whether the forget gate of an LSTM is 1 − the input gate.</summary>
    public bool CoupledGates { get; init; }

    /// <summary>The greatest magnitude of a gate's pre-activation in an LSTM; infinity for no limit.</summary>
    public double GateClip { get; init; } = double.PositiveInfinity;
}
