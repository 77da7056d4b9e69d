using System.Numerics;
using Elman.Recurrent;
using Elman.Stack;

namespace Elman.Readouts;

/// <summary>What a readout reads and writes while a window passes through it.</summary>
internal readonly struct ReadoutPass<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The window as the uppermost layer of the stack sees it.</summary>
    public required LayerWindow<T> Window { get; init; }

    /// <summary>The uppermost layer of the stack.</summary>
    public required StackLayer<T> Top { get; init; }

    /// <summary>What that left.</summary>
    public required StackLayerTape<T> TopTape { get; init; }

    /// <summary>The readout's own tape.</summary>
    public required ReadoutTape<T> Tape { get; init; }
}
