namespace Elman.Cells;

/// <summary>
/// What a cell computes, as far as that can be chosen. Each cell takes some of these; the rest must be left at their defaults.
/// </summary>
internal sealed record CellOptions
{
    /// <summary>Every default.</summary>
    public static CellOptions Default { get; } = new();

    /// <summary>The activation of the simple recurrent network.</summary>
    public Activation Activation { get; init; } = Activation.Tanh;

    /// <summary>The function of the gates of a GRU or LSTM: f in ONNX.</summary>
    public Activation GateActivation { get; init; } = Activation.Sigmoid;

    /// <summary>The function of their candidate: g.</summary>
    public Activation CandidateActivation { get; init; } = Activation.Tanh;

    /// <summary>The function through which an LSTM shows its memory: h.</summary>
    public Activation OutputActivation { get; init; } = Activation.Tanh;

    /// <summary>Whether the three functions are those that cells are compiled with.</summary>
    public bool HasPlainGates =>
        !Changed.Any(option => option is CellOption.GateActivation or CellOption.CandidateActivation or CellOption.OutputActivation);

    /// <summary>Where the reset gate of a GRU acts.</summary>
    public GruReset GruReset { get; init; }

    /// <summary>Whether the gates of an LSTM look at its memory.</summary>
    public bool Peepholes { get; init; }

    /// <summary>Whether the forget gate of an LSTM is 1 − the input gate.</summary>
    public bool CoupledGates { get; init; }

    /// <summary>The greatest magnitude of a gate's pre-activation in an LSTM; infinity for no limit.</summary>
    public double GateClip { get; init; } = double.PositiveInfinity;

    /// <summary>Numbers that an LSTM makes of its output; 0 to leave it as it is.</summary>
    public int Projection { get; init; }

    /// <summary>Whether the units of each gate are normalised before the gate's function.</summary>
    public bool LayerNorm { get; init; }
    /// <summary>How much of its new value a unit of an echo-state network takes at a step, α.</summary>
    public double LeakRate { get; init; } = 0.3;

    /// <summary>Whether neighbouring oscillators are mixed, and their mixtures are the outputs.</summary>
    public bool Mix { get; init; }

    /// <summary>Those that are not at their defaults.</summary>
    public IEnumerable<CellOption> Changed
    {
        get
        {
            if (Activation is not null && Activation.Name != Default.Activation.Name)
                yield return CellOption.Activation;
            if (GateActivation is not null && GateActivation.Name != Default.GateActivation.Name)
                yield return CellOption.GateActivation;
            if (CandidateActivation is not null && CandidateActivation.Name != Default.CandidateActivation.Name)
                yield return CellOption.CandidateActivation;
            if (OutputActivation is not null && OutputActivation.Name != Default.OutputActivation.Name)
                yield return CellOption.OutputActivation;
            if (GruReset != Default.GruReset)
                yield return CellOption.GruReset;
            if (Peepholes != Default.Peepholes)
                yield return CellOption.Peepholes;
            if (CoupledGates != Default.CoupledGates)
                yield return CellOption.CoupledGates;
            if (!GateClip.Equals(Default.GateClip))
                yield return CellOption.GateClip;
            if (Projection != Default.Projection)
                yield return CellOption.Projection;
            if (LayerNorm != Default.LayerNorm)
                yield return CellOption.LayerNorm;
            if (!LeakRate.Equals(Default.LeakRate))
                yield return CellOption.LeakRate;
            if (Mix != Default.Mix)
                yield return CellOption.Mix;
        }
    }

    /// <summary>What is out of its range whatever the cell, one sentence each.</summary>
    public IReadOnlyList<string> FindProblems()
    {
        var problems = new List<string>();
        if (Activation is null)
            problems.Add("Activation is missing.");
        foreach ((string name, Activation function) in (ReadOnlySpan<(string, Activation)>)[
            (nameof(GateActivation), GateActivation), (nameof(CandidateActivation), CandidateActivation),
            (nameof(OutputActivation), OutputActivation)])
        {
            if (function is null)
                problems.Add($"{name} is missing.");
            else if (function.IsCustom)
                problems.Add(
                    $"{name} is '{function.Name}', a function of your own; gates take built-in ones, only Activation takes yours.");
        }
        if (!Enum.IsDefined(GruReset))
            problems.Add(FormattableString.Invariant($"GruReset is {GruReset}, which is not a defined value."));
        if (!(GateClip > 0))
            problems.Add(FormattableString.Invariant($"GateClip is {GateClip}; it must be above 0, or infinity for no limit."));
        if (Projection < 0)
            problems.Add(FormattableString.Invariant($"Projection is {Projection}; it must be above 0, or 0 for none."));
        if (!(LeakRate is > 0 and <= 1))
            problems.Add(FormattableString.Invariant($"LeakRate is {LeakRate}; it must be above 0 and at most 1."));
        return problems;
    }
}
