using System.Numerics;
using Elman.Kernels;

namespace Elman.Linear;

/// <summary>What a <see cref="GatedOutput{T}"/> writes forward and reads backward. Reused from pass to pass.</summary>
internal sealed class GatedTape<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary><c>[rows, S]</c>: the states that it goes on with, and afterwards the gradient by them.</summary>
    public (NativeBuffer<T> Values, NativeBuffer<T> Gradient) States { get; } = (new(), new());

    /// <summary>
    /// <c>[rows, I]</c>: where they are not those of the whole window, the inputs that it leads past them, and the gradient by those.
    /// </summary>
    public (NativeBuffer<T> Values, NativeBuffer<T> Gradient) Inputs { get; } = (new(), new());

    /// <summary><c>[rows, W]</c>: v; backward, the gradient by it.</summary>
    public NativeBuffer<T> Values { get; } = new();

    /// <summary><c>[rows, W]</c>: σ(g); backward, the gradient by g.</summary>
    public NativeBuffer<T> Gates { get; } = new();

    /// <summary><c>[rows, W]</c>: v∘σ(g), normalised.</summary>
    public NativeBuffer<T> Normalized { get; } = new();

    /// <summary><c>[rows]</c>: what the normalisation multiplied by.</summary>
    public NativeBuffer<T> Inverses { get; } = new();

    /// <summary><c>[rows, W]</c>: what leads past; backward, the gradient by the outputs.</summary>
    public NativeBuffer<T> Skipped { get; } = new();

    /// <summary><c>[rows, W]</c>: outputs that only lead to what backward needs.</summary>
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
