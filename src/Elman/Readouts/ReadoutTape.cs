using System.Numerics;
using Elman.Kernels;

namespace Elman.Readouts;

/// <summary>The intermediate results and outputs of a readout. Reused from pass to pass.</summary>
internal sealed class ReadoutTape<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary><c>[B, F]</c>: the inputs of the output layer.</summary>
    public NativeBuffer<T> Features { get; } = new();

    /// <summary><c>[B, F]</c>: the gradient of the loss with respect to the features.</summary>
    public NativeBuffer<T> FeatureGradient { get; } = new();

    /// <summary><c>[B, S]</c>: the state of each sequence, if the readout has one.</summary>
    public NativeBuffer<T> Pooled { get; } = new();

    /// <summary><c>[B, W]</c>: for the maximum readout, the first step with the maximum.</summary>
    public NativeBuffer<long> GreatestSteps { get; } = new();

    /// <summary><c>[rows, W]</c>: for attention, <c>tanh(y·W + b)</c>; in the backward pass, the gradient with respect to
    /// <c>y·W + b</c>.</summary>
    public NativeBuffer<T> Keys { get; } = new();

    /// <summary><c>[rows]</c>: for attention, the score of every step; in the backward pass, the gradient with respect to it.</summary>
    public NativeBuffer<T> Scores { get; } = new();

    /// <summary>The scratch memory of the threads of a pass.</summary>
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
