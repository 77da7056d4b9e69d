using Elman.Keras.Configuration;
using Elman.Models;

namespace Elman.Keras.Import;

/// <summary>An embedding of Keras.</summary>
/// <param name="Layer">The layer.</param>
/// <param name="Symbols">The number of symbols.</param>
/// <param name="Size">The size of a vector.</param>
internal sealed record EmbeddingPlan(KerasLayer Layer, int Symbols, int Size);

/// <summary>The output layer.</summary>
/// <param name="Layer">The layer in the chain.</param>
/// <param name="Path">The path of its weights below that layer: not empty for one in a TimeDistributed.</param>
/// <param name="Units">The number of outputs in Keras.</param>
/// <param name="UseBias">Whether it has biases.</param>
/// <param name="Activation">Its activation, or that of a layer after it.</param>
internal sealed record OutputPlan(KerasLayer Layer, string Path, int Units, bool UseBias, string Activation);

/// <summary>What a model of Keras becomes.</summary>
internal sealed record ModelPlan
{
    /// <summary>The number of channels of the data.</summary>
    public required int Channels { get; init; }

    /// <summary>The embedding, if the only channel holds symbols.</summary>
    public EmbeddingPlan? Embedding { get; init; }

    /// <summary>The layer that standardises the channels, if there is one.</summary>
    public KerasLayer? Normalization { get; init; }

    /// <summary>The recurrent layers, first layer first.</summary>
    public required IReadOnlyList<RecurrentPlan> Recurrent { get; init; }

    /// <summary>How the outputs of the last of them are pooled.</summary>
    public required Readout Readout { get; init; }

    /// <summary>The output layer.</summary>
    public required OutputPlan Output { get; init; }

    /// <summary>The task.</summary>
    public required ModelTask Task { get; init; }

    /// <summary>Whether the only output of Keras is the score of the second of two classes.</summary>
    public required bool IsBinary { get; init; }

    /// <summary>The number of outputs in Elman.</summary>
    public int Outputs => IsBinary ? 2 : Output.Units;

    /// <summary>The number of inputs of a recurrent layer.</summary>
    public int InputsOf(int layer) => layer > 0 ? Recurrent[layer - 1].Width : Embedding?.Size ?? Channels;
}
