namespace Elman.Models;

/// <summary>What a model is, apart from its weights.</summary>
internal sealed record ModelSpec
{
    /// <summary>The largest size of a layer that is accepted: it keeps every product of two sizes far from overflow.</summary>
    public const int MaxSize = 65_536;

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
