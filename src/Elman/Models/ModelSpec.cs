namespace Elman.Models;

/// <summary>What a model is, apart from its weights.</summary>
internal sealed record ModelSpec
{
    /// <summary>The greatest number of inputs or classes. What a matrix may hold is limited by <see cref="Layers.ParameterSlice"/>.</summary>
    public const int MaxSize = 65_536;

    /// <summary>The greatest number of units whose square matrix a <see cref="Layers.ParameterSlice"/> can hold.</summary>
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
}
