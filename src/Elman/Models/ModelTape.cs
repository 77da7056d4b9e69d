using System.Numerics;
using Elman.Kernels;
using Elman.Layers;

namespace Elman.Models;

/// <summary>What a pass through a model writes: what backward reads, and the results. Reused from pass to pass; one pass at a time.</summary>
internal sealed class ModelTape<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The recurrent layer's part.</summary>
    public RecurrentTape<T> Recurrent { get; } = new();

    /// <summary><c>[B, H]</c>: what the readout handed on.</summary>
    public NativeBuffer<T> Readout { get; } = new();

    /// <summary><c>[B, C]</c>: scores of the classes, in the order of the batch.</summary>
    public NativeBuffer<T> Logits { get; } = new();

    /// <summary><c>[B, C]</c>: the loss's gradient by the logits.</summary>
    public NativeBuffer<T> LogitsGradient { get; } = new();

    /// <inheritdoc/>
    public void Dispose()
    {
        Recurrent.Dispose();
        Readout.Dispose();
        Logits.Dispose();
        LogitsGradient.Dispose();
    }
}
