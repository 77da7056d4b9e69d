using Elman.Cells;

namespace Elman.Models;

/// <summary>What a model is, apart from its weights.</summary>
internal sealed record ModelSpec
{
    /// <summary>The greatest number of inputs or classes. What a matrix may hold is limited by <see cref="Layers.ParameterSlice"/>.</summary>
    public const int MaxSize = 65_536;

    /// <summary>The greatest number of units whose square matrix a <see cref="Layers.ParameterSlice"/> can hold: the most that a cell of one gate can have.</summary>
    public const int MaxHidden = 16_383;

    /// <summary>The cell's name in the catalog.</summary>
    public string Cell { get; init; } = "rnn";

    /// <summary>Values that come in a step.</summary>
    public required int InputSize { get; init; }

    /// <summary>Units of the recurrent layer.</summary>
    public required int HiddenSize { get; init; }

    /// <summary>Classes that come out.</summary>
    public required int ClassCount { get; init; }

    /// <summary>The recurrent layer's activation.</summary>
    public Activation Activation { get; init; } = Activation.Tanh;

    /// <summary>Where the reset gate of a GRU acts.</summary>
    public GruReset GruReset { get; init; }

    /// <summary>Whether the gates of an LSTM look at its memory.</summary>
    public bool Peepholes { get; init; }

    /// <summary>Whether the forget gate of an LSTM is 1 − the input gate.</summary>
    public bool CoupledGates { get; init; }

    /// <summary>The greatest magnitude of a gate's pre-activation in an LSTM; infinity for no limit.</summary>
    public double GateClip { get; init; } = double.PositiveInfinity;

    /// <summary>What of it concerns the cell.</summary>
    public CellOptions CellOptions => new()
    {
        Activation = Activation,
        GruReset = GruReset,
        Peepholes = Peepholes,
        CoupledGates = CoupledGates,
        GateClip = GateClip,
    };
}
