using System.Numerics;
using Elman.Kernels;
using Elman.Recurrent;

namespace Elman.Stack;

/// <summary>What one layer of a stack writes while it runs forward and reads while it runs backward. Reused from pass to pass.</summary>
/// <param name="keepsSteps">Whether a backward pass will follow.</param>
internal sealed class StackLayerTape<T>(bool keepsSteps) : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Of the layer that reads from the start.</summary>
    public RecurrentTape<T> FromStart { get; } = new(keepsSteps);

    /// <summary>Of the layer that reads from the end, if there is one.</summary>
    public RecurrentTape<T> FromEnd { get; } = new(keepsSteps);

    /// <summary>
    /// <c>[rows, I]</c>: what dropout multiplies the inputs by. Choose it before the forward pass, which draws the rows of its window.
    /// </summary>
    public DropoutMask<T> InputMask { get; } = new();

    /// <summary><c>[rows, I]</c>, with such a mask: what is left of the inputs.</summary>
    public NativeBuffer<T> Dropped { get; } = new();

    /// <summary><c>[rows, W]</c>: the outputs of every step, where anybody reads them.</summary>
    public NativeBuffer<T> Outputs { get; } = new();

    /// <summary><c>[rows, W]</c>: the loss's gradient by them.</summary>
    public NativeBuffer<T> OutputGradient { get; } = new();

    /// <summary>
    /// <c>[rows, H]</c> each: the outputs of both directions, where merging them leaves neither as it is;
    /// after the backward pass, the gradients by them.
    /// </summary>
    public (NativeBuffer<T> FromStart, NativeBuffer<T> FromEnd) Unmerged { get; } = (new(), new());

    /// <summary><c>[B, H]</c> each: the same of the last outputs alone.</summary>
    public (NativeBuffer<T> FromStart, NativeBuffer<T> FromEnd) UnmergedLast { get; } = (new(), new());

    /// <inheritdoc/>
    public void Dispose()
    {
        FromStart.Dispose();
        FromEnd.Dispose();
        InputMask.Dispose();
        Dropped.Dispose();
        Outputs.Dispose();
        OutputGradient.Dispose();
        Unmerged.FromStart.Dispose();
        Unmerged.FromEnd.Dispose();
        UnmergedLast.FromStart.Dispose();
        UnmergedLast.FromEnd.Dispose();
    }
}
