using System.Numerics;
using Elman.Kernels;

namespace Elman.Readouts;

/// <summary>What a readout writes. Reused from pass to pass.</summary>
internal sealed class ReadoutTape<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary><c>[B, F]</c>: what goes into the output layer.</summary>
    public NativeBuffer<T> Features { get; } = new();

    /// <summary><c>[B, F]</c>: the loss's gradient by it.</summary>
    public NativeBuffer<T> FeatureGradient { get; } = new();

    /// <summary><c>[B, S]</c>: the state of each sequence, of a readout that has one.</summary>
    public NativeBuffer<T> Pooled { get; } = new();

    /// <summary><c>[B, W]</c>: of a maximum, the first step that has it.</summary>
    public NativeBuffer<long> GreatestSteps { get; } = new();

    /// <summary><c>[rows, W]</c>: of attention, <c>tanh(y·W + b)</c>; backward, the gradient by what the tanh is of.</summary>
    public NativeBuffer<T> Keys { get; } = new();

    /// <summary><c>[rows]</c>: of attention, the score of every step; backward, the gradient by it.</summary>
    public NativeBuffer<T> Scores { get; } = new();

    /// <summary>Memory that the threads of a pass use for themselves.</summary>
    public NativeBuffer<T> Scratch { get; } = new();

    /// <inheritdoc/>
    public void Dispose()
    {
        Scratch.Dispose();
        Features.Dispose();
        FeatureGradient.Dispose();
        Pooled.Dispose();
        GreatestSteps.Dispose();
        Keys.Dispose();
        Scores.Dispose();
    }
}
