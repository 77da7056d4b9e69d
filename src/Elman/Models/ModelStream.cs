using System.Numerics;
using Elman.Cells;
using Elman.Kernels;
using Elman.Layers;

namespace Elman.Models;

/// <summary>One sequence that comes in step by step. Its outputs and logits are those of the whole sequence, bit for bit. Nothing is allocated after it is made.</summary>
/// <remarks>Reads the packed weights of its model: changing and packing them meanwhile mixes the weights of two models.</remarks>
internal sealed unsafe class ModelStream<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly SequenceModel<T> _model;
    private readonly NativeBuffer<T> _gates;
    private readonly NativeBuffer<T> _inner;
    private readonly NativeBuffer<T> _logits;
    private NativeBuffer<T> _state;
    private NativeBuffer<T> _next;

    /// <summary>Begins a sequence.</summary>
    /// <param name="model">A model whose weights are packed.</param>
    public ModelStream(SequenceModel<T> model)
    {
        _model = model;
        RecurrentLayer<T> layer = model.Recurrent;
        _gates = new(layer.GateSize);
        _inner = new(layer.UnitStride);
        _state = new(layer.StateSize);
        _next = new(layer.StateSize);
        _logits = new(model.Output.OutputSize);
    }

    /// <summary>How many steps there have been since the sequence began.</summary>
    public long Steps { get; private set; }

    /// <summary>The layer's output after the last step, <c>[H]</c>; zeros before the first.</summary>
    public ReadOnlySpan<T> Output => new(_state.Start, _model.Recurrent.HiddenSize);

    /// <summary>Takes the next step.</summary>
    /// <param name="x">Its values, <c>[I]</c>.</param>
    /// <exception cref="ArgumentException"><paramref name="x"/> has another length.</exception>
    public void Step(ReadOnlySpan<T> x)
    {
        RecurrentLayer<T> layer = _model.Recurrent;
        if (x.Length != layer.InputSize)
            throw new ArgumentException($"A step of this model has {layer.InputSize} values, not {x.Length}.", nameof(x));
        var step = new CellStep<T>
        {
            Gates = _gates.Start,
            Inner = _inner.Start,
            Previous = _state.Start,
            Next = _next.Start,
            UnitStride = layer.UnitStride,
        };
        fixed (T* inputs = x)
            layer.Step(inputs, step, rows: 1, fromZero: Steps == 0);
        (_state, _next) = (_next, _state);
        Steps++;
    }

    /// <summary>The scores of the classes, were the sequence to end here, <c>[C]</c>.</summary>
    public ReadOnlySpan<T> Logits()
    {
        _model.Output.Forward(_state.Start, _model.Recurrent.StateSize, _logits.Start, rows: 1);
        return _logits.Span;
    }

    /// <summary>Begins a new sequence.</summary>
    public void Reset()
    {
        Steps = 0;
        _state.Clear();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _gates.Dispose();
        _inner.Dispose();
        _state.Dispose();
        _next.Dispose();
        _logits.Dispose();
    }
}
