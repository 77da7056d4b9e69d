using System.Numerics;
using Elman.Recurrent;
using Elman.Stack;

namespace Elman.Readouts;

/// <summary>The inputs and outputs of a readout for a window.</summary>
internal readonly struct ReadoutPass<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The window of the last layer of the stack.</summary>
    public required LayerWindow<T> Window { get; init; }

    /// <summary>The last layer of the stack.</summary>
    public required StackLayer<T> Top { get; init; }

    /// <summary>The tape of that layer.</summary>
    public required StackLayerTape<T> TopTape { get; init; }

    /// <summary>The tape of the readout.</summary>
    public required ReadoutTape<T> Tape { get; init; }
}
