using System.Numerics;
using Elman.Kernels;
using Elman.Readouts;
using Elman.Recurrent;
using Elman.Stack;

namespace Elman.Models;

/// <summary>
/// What a pass through a model writes: what backward reads, and the results. Reused from pass to pass; one pass at a time.
/// </summary>
/// <param name="keepsSteps">Whether a backward pass will follow.</param>
internal sealed class ModelTape<T>(bool keepsSteps) : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly List<StackLayerTape<T>> _layers = [];

    /// <summary>Whether a backward pass will follow.</summary>
    public bool KeepsSteps => keepsSteps;

    /// <summary><c>[rows, I']</c>: what goes into the first layer, where vectors take the place of symbols.</summary>
    public NativeBuffer<T> Embedded { get; } = new();

    /// <summary><c>[rows, I']</c>: the loss's gradient by it.</summary>
    public NativeBuffer<T> EmbeddedGradient { get; } = new();

    /// <summary>The readout's part.</summary>
    public ReadoutTape<T> Readout { get; } = new();

    /// <summary>
    /// <c>[B, W]</c>: what dropout multiplies the features by, before the output layer. Choose it before the forward pass, which draws it.
    /// </summary>
    public DropoutMask<T> FeatureMask { get; } = new();

    /// <summary><c>[B, W]</c>, with such a mask: what is left of the features.</summary>
    public NativeBuffer<T> Dropped { get; } = new();

    /// <summary>
    /// <c>[B, C]</c>: scores of the classes, in the order of the batch. Where there is an answer at every step,
    /// <c>[rows, C]</c> of the window that went forward last.
    /// </summary>
    public NativeBuffer<T> Logits { get; } = new();

    /// <summary><c>[B, C]</c>: the loss's gradient by the logits.</summary>
    public NativeBuffer<T> LogitsGradient { get; } = new();

    /// <summary>The part of a layer of the stack.</summary>
    public StackLayerTape<T> Layer(int layer)
    {
        while (_layers.Count <= layer)
            _layers.Add(new StackLayerTape<T>(keepsSteps));
        return _layers[layer];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (StackLayerTape<T> layer in _layers)
            layer.Dispose();
        Embedded.Dispose();
        EmbeddedGradient.Dispose();
        Readout.Dispose();
        FeatureMask.Dispose();
        Dropped.Dispose();
        Logits.Dispose();
        LogitsGradient.Dispose();
    }
}
