using System.Numerics;
using Elman.Sequences;

namespace Elman.Layers;

/// <summary>What a readout reads and writes.</summary>
/// <param name="Batch">The batch.</param>
/// <param name="Top">The uppermost level of the stack.</param>
/// <param name="TopTape">What that left.</param>
/// <param name="TopInputs">What went into it, <c>[rows, I]</c>.</param>
/// <param name="Tape">The readout's own tape.</param>
internal readonly unsafe record struct ReadoutPass<T>(SequenceBatch<T> Batch, RecurrentBlock<T> Top, BlockTape<T> TopTape, nint TopInputs, ReadoutTape<T> Tape)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>;
