using System.Numerics;
using Elman.Kernels;

namespace Elman.Readouts;

/// <summary>What a readout writes. Reused from pass to pass.</summary>
internal sealed class ReadoutTape<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary><c>[B, W]</c>: what goes into the output layer.</summary>
    public NativeBuffer<T> Features { get; } = new();

    /// <summary><c>[B, W]</c>: the loss's gradient by it.</summary>
    public NativeBuffer<T> FeatureGradient { get; } = new();

    /// <summary><c>[B, W]</c>: what has been pooled of each sequence; of counts, the whole state of each.</summary>
    public NativeBuffer<T> Pooled { get; } = new();

    /// <summary><c>[B, W]</c>: of a mean, the sums that have not joined the others yet.</summary>
    public NativeBuffer<T> Partial { get; } = new();

    /// <summary><c>[B, W]</c>: of a maximum, the first step that has it.</summary>
    public NativeBuffer<long> GreatestSteps { get; } = new();

    /// <summary><c>[rows, W]</c>: of attention, <c>tanh(y·W + b)</c>; backward, the gradient by what the tanh is of.</summary>
    public NativeBuffer<T> Keys { get; } = new();

    /// <summary><c>[rows]</c>: of attention, the score of every step; backward, the gradient by it.</summary>
    public NativeBuffer<T> Scores { get; } = new();

    /// <summary><c>[B, 2]</c>: of attention, the greatest score of a sequence and the sum of e^(score − greatest).</summary>
    public NativeBuffer<T> Normalizers { get; } = new();

    /// <summary>Memory that the threads of a pass use for themselves.</summary>
    public NativeBuffer<T> Scratch { get; } = new();

    /// <inheritdoc/>
    public void Dispose()
    {
        Scratch.Dispose();
        Features.Dispose();
        FeatureGradient.Dispose();
        Pooled.Dispose();
        Partial.Dispose();
        GreatestSteps.Dispose();
        Keys.Dispose();
        Scores.Dispose();
        Normalizers.Dispose();
    }
}
