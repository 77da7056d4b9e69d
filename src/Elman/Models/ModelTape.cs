using System.Numerics;
using Elman.Kernels;
using Elman.Layers;

namespace Elman.Models;

/// <summary>What a pass through a model writes: what backward reads, and the results. Reused from pass to pass; one pass at a time.</summary>
/// <param name="keepsSteps">Whether a backward pass will follow.</param>
internal sealed class ModelTape<T>(bool keepsSteps) : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The recurrent layer's part.</summary>
    public RecurrentTape<T> Recurrent { get; } = new(keepsSteps);

    /// <summary><c>[B, C]</c>: scores of the classes, in the order of the batch.</summary>
    public NativeBuffer<T> Logits { get; } = new();

    /// <summary><c>[B, C]</c>: the loss's gradient by the logits.</summary>
    public NativeBuffer<T> LogitsGradient { get; } = new();

    /// <inheritdoc/>
    public void Dispose()
    {
        Recurrent.Dispose();
        Logits.Dispose();
        LogitsGradient.Dispose();
    }
}
