using System.Numerics;
using Elman.Sequences;

namespace Elman.Layers;

/// <summary>What a readout reads and writes.</summary>
internal readonly unsafe struct ReadoutPass<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The batch.</summary>
    public required SequenceBatch<T> Batch { get; init; }

    /// <summary>The uppermost level of the stack.</summary>
    public required RecurrentBlock<T> Top { get; init; }

    /// <summary>What that left.</summary>
    public required BlockTape<T> TopTape { get; init; }

    /// <summary>What went into it, <c>[rows, I]</c>.</summary>
    public required T* TopInputs { get; init; }

    /// <summary>The readout's own tape.</summary>
    public required ReadoutTape<T> Tape { get; init; }
}
