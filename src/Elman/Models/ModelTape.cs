using System.Numerics;
using Elman.Kernels;
using Elman.Readouts;
using Elman.Recurrent;
using Elman.Stack;

namespace Elman.Models;

/// <summary>
/// The intermediate results of a pass through a model, which the backward pass reads, and its outputs. Reused from pass to pass; for one
/// pass at a time.
/// </summary>
/// <param name="keepsSteps">Whether a backward pass will follow.</param>
internal sealed class ModelTape<T>(bool keepsSteps) : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly List<StackLayerTape<T>> _layers = [];

    /// <summary>Whether a backward pass will follow.</summary>
    public bool KeepsSteps => keepsSteps;

    /// <summary><c>[rows, I']</c>: the inputs of the first layer, if symbols are replaced by vectors.</summary>
    public NativeBuffer<T> Embedded { get; } = new();

    /// <summary><c>[rows, I']</c>: the gradient of the loss with respect to <see cref="Embedded"/>.</summary>
    public NativeBuffer<T> EmbeddedGradient { get; } = new();

    /// <summary><c>[rows, I]</c>: the gradient of the loss with respect to the inputs, if a backward pass is to compute it; otherwise
    /// <see langword="null"/>.</summary>
    public NativeBuffer<T>? InputGradient { get; init; }

    /// <summary>The tape of the readout.</summary>
    public ReadoutTape<T> Readout { get; } = new();

    /// <summary>
    /// <c>[B, W]</c>: the dropout factors of the features, before the output layer. Configure it before the forward pass, which draws it.
    /// </summary>
    public DropoutMask<T> FeatureMask { get; } = new();

    /// <summary><c>[B, W]</c>: the features after dropout, if there is a mask.</summary>
    public NativeBuffer<T> Dropped { get; } = new();

    /// <summary>
    /// <c>[B, C]</c>: the outputs of the model, such as scores of the classes, in the order of the batch. If there is an output at every
    /// step, <c>[rows, C]</c> of the last window of the forward pass.
    /// </summary>
    public NativeBuffer<T> Logits { get; } = new();

    /// <summary><c>[B, C]</c>: the gradient of the loss with respect to the logits.</summary>
    public NativeBuffer<T> LogitsGradient { get; } = new();

    /// <summary>Returns the tape of a layer of the stack.</summary>
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
        InputGradient?.Dispose();
        Readout.Dispose();
        FeatureMask.Dispose();
        Dropped.Dispose();
        Logits.Dispose();
        LogitsGradient.Dispose();
    }
}
