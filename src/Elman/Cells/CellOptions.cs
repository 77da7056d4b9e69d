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

    /// <summary>How much of its new value a unit of an echo-state network takes at a step, α.</summary>
    public double LeakRate { get; init; } = 0.3;

    /// <summary>Those that are not at their defaults.</summary>
    public IEnumerable<CellOption> Changed
    {
        get
        {
            if (Activation is not null && Activation.Name != Default.Activation.Name)
                yield return CellOption.Activation;
            if (GruReset != Default.GruReset)
                yield return CellOption.GruReset;
            if (Peepholes != Default.Peepholes)
                yield return CellOption.Peepholes;
            if (CoupledGates != Default.CoupledGates)
                yield return CellOption.CoupledGates;
            if (!GateClip.Equals(Default.GateClip))
                yield return CellOption.GateClip;
            if (!LeakRate.Equals(Default.LeakRate))
                yield return CellOption.LeakRate;
        }
    }

    /// <summary>What is out of its range whatever the cell, one sentence each.</summary>
    public IEnumerable<string> FindProblems()
    {
        if (Activation is null)
            yield return "Activation is missing.";
        if (!Enum.IsDefined(GruReset))
            yield return FormattableString.Invariant($"GruReset is {GruReset}, which is not one.");
        if (!(GateClip > 0))
            yield return FormattableString.Invariant($"GateClip is {GateClip}; it must be above 0, or infinity for no limit.");
        if (!(LeakRate is > 0 and <= 1))
            yield return FormattableString.Invariant($"LeakRate is {LeakRate}; it must be above 0 and at most 1.");
    }
}
