using System.Numerics;
using Elman.Kernels;

namespace Elman.Layers;

/// <summary>What a recurrent layer writes while it runs forward and reads while it runs backward. Reused from pass to pass.</summary>
internal sealed class RecurrentTape<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary><c>[rows, G·H]</c>: pre-activations; after the backward pass, their gradients.</summary>
    public NativeBuffer<T> Gates { get; } = new();

    /// <summary><c>[active + rows, S·H]</c>: the state before the window's first step, then the state after every step, step by step.</summary>
    public NativeBuffer<T> States { get; } = new();

    /// <summary><c>[B, S·H]</c>: the state in which a window that did not reach the end left its sequences.</summary>
    public NativeBuffer<T> Carry { get; } = new();

    /// <summary><c>[B, S·H]</c>: the loss's gradient by the state, moving backwards in time.</summary>
    public NativeBuffer<T> StateGradient { get; } = new();

    /// <summary>One packed panel for each thread that sums weight gradients.</summary>
    public NativeBuffer<T> Panels { get; } = new();

    /// <inheritdoc/>
    public void Dispose()
    {
        Gates.Dispose();
        States.Dispose();
        Carry.Dispose();
        StateGradient.Dispose();
        Panels.Dispose();
    }
}
