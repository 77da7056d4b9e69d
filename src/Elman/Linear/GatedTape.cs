using System.Numerics;
using Elman.Kernels;

namespace Elman.Linear;

/// <summary>The values of the forward pass of a <see cref="GatedOutput{T}"/> that its backward pass reads. Reused from pass to
/// pass.</summary>
internal sealed class GatedTape<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary><c>[rows, S]</c>: the states, its inputs, and afterwards the gradient with respect to them.</summary>
    public (NativeBuffer<T> Values, NativeBuffer<T> Gradient) States { get; } = (new(), new());

    /// <summary>
    /// <c>[rows, I]</c>: the inputs of the skip connection, if they are not those of the whole window, and the gradient with respect to
    /// them.
    /// </summary>
    public (NativeBuffer<T> Values, NativeBuffer<T> Gradient) Inputs { get; } = (new(), new());

    /// <summary><c>[rows, W]</c>: v; in the backward pass, the gradient with respect to it.</summary>
    public NativeBuffer<T> Values { get; } = new();

    /// <summary><c>[rows, W]</c>: σ(g); in the backward pass, the gradient with respect to g.</summary>
    public NativeBuffer<T> Gates { get; } = new();

    /// <summary><c>[rows, W]</c>: v∘σ(g), normalised.</summary>
    public NativeBuffer<T> Normalized { get; } = new();

    /// <summary><c>[rows]</c>: the factors 1/sqrt(variance + ε) of the normalisation.</summary>
    public NativeBuffer<T> Inverses { get; } = new();

    /// <summary><c>[rows, W]</c>: the result of the skip connection; in the backward pass, the gradient with respect to the
    /// outputs.</summary>
    public NativeBuffer<T> Skipped { get; } = new();

    /// <summary><c>[rows, W]</c>: outputs that are recomputed only for the backward pass.</summary>
    public NativeBuffer<T> Outputs { get; } = new();

    /// <inheritdoc/>
    public void Dispose()
    {
        States.Values.Dispose();
        States.Gradient.Dispose();
        Inputs.Values.Dispose();
        Inputs.Gradient.Dispose();
        Values.Dispose();
        Gates.Dispose();
        Normalized.Dispose();
        Inverses.Dispose();
        Skipped.Dispose();
        Outputs.Dispose();
    }
}
