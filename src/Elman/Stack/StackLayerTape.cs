using System.Numerics;
using Elman.Kernels;
using Elman.Recurrent;

namespace Elman.Stack;

/// <summary>The values of the forward pass of a layer of a stack that its backward pass reads. Reused from pass to pass.</summary>
/// <param name="keepsSteps">Whether a backward pass will follow.</param>
internal sealed class StackLayerTape<T>(bool keepsSteps) : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The tape of the forward direction.</summary>
    public RecurrentTape<T> FromStart { get; } = new(keepsSteps);

    /// <summary>The tape of the backward direction, if there is one.</summary>
    public RecurrentTape<T> FromEnd { get; } = new(keepsSteps);

    /// <summary>
    /// <c>[rows, I]</c>: the dropout factors of the inputs. Configure it before the forward pass, which draws the rows of its window.
    /// </summary>
    public DropoutMask<T> InputMask { get; } = new();

    /// <summary><c>[rows, I]</c>, with a mask: the inputs after dropout.</summary>
    public NativeBuffer<T> Dropped { get; } = new();

    /// <summary><c>[rows, W]</c>: the outputs of every step, if they are read.</summary>
    public NativeBuffer<T> Outputs { get; } = new();

    /// <summary><c>[rows, W]</c>: the gradient of the loss with respect to the outputs.</summary>
    public NativeBuffer<T> OutputGradient { get; } = new();

    /// <summary>
    /// <c>[rows, H]</c> each: the outputs of both directions, if they are merged element by element; after the backward pass, the gradients
    /// with respect to them.
    /// </summary>
    public (NativeBuffer<T> FromStart, NativeBuffer<T> FromEnd) Unmerged { get; } = (new(), new());

    /// <summary><c>[B, H]</c> each: the same for the last outputs only.</summary>
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
