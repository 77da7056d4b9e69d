namespace Elman.Onnx.Import.Models;

/// <summary>One direction of a recurrent node: its cell, and its weights in ONNX's layout.</summary>
/// <param name="Cell">The cell, with peepholes if there are any that are not 0.</param>
/// <param name="Inputs">The number of inputs, I.</param>
/// <param name="Units">The number of units, H.</param>
internal sealed record DirectionWeights(CellOptions Cell, int Inputs, int Units)
{
    /// <summary>The node, for messages.</summary>
    public required string Node { get; init; }

    /// <summary>W, [gates·H, I].</summary>
    public required ReadOnlyMemory<float> InputWeights { get; init; }

    /// <summary>R, [gates·H, H].</summary>
    public required ReadOnlyMemory<float> RecurrentWeights { get; init; }

    /// <summary>B, the biases of the inputs, then those of the recurrence, [2·gates·H]; empty if all are 0.</summary>
    public ReadOnlyMemory<float> Biases { get; init; }

    /// <summary>P in the order i, o, f, [3·H]; empty if all are 0.</summary>
    public ReadOnlyMemory<float> Peepholes { get; init; }
}
