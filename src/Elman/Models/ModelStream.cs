using System.Numerics;
using System.Numerics.Tensors;
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
    private readonly Level[] _levels;
    private readonly PoolingReadout<T>? _pooling;
    private readonly ReadoutTape<T> _readout = new();
    private readonly Workers _alone = new(1);
    private readonly NativeBuffer<T> _logits;

    /// <summary>Begins a sequence.</summary>
    /// <param name="model">A model whose weights are packed.</param>
    /// <exception cref="ArgumentException">The model reads from the end too, so its outputs are not known before the last step.</exception>
    public ModelStream(SequenceModel<T> model)
    {
        if (model.Spec.Bidirectional)
            throw new ArgumentException("A bidirectional model reads every sequence from its end too, so it can say nothing before the last step has come: it can't stream. Use whole sequences, or train a model that is not bidirectional.", nameof(model));
        _model = model;
        _levels = [.. model.Blocks.Select(block => new Level(block))];
        _logits = new(model.Output.OutputSize);
        _pooling = model.Readout as PoolingReadout<T>;
        _pooling?.Reserve(_readout, sequences: 1);
        _pooling?.Begin(_readout, place: 0);
    }

    /// <summary>How many steps there have been since the sequence began.</summary>
    public long Steps { get; private set; }

    /// <summary>The uppermost layer's output after the last step, <c>[H]</c>; zeros before the first.</summary>
    public ReadOnlySpan<T> Output => _levels[^1].Output.Span;

    /// <summary>Takes the next step.</summary>
    /// <param name="x">Its values, <c>[I]</c>.</param>
    /// <exception cref="ArgumentException"><paramref name="x"/> has another length.</exception>
    public void Step(ReadOnlySpan<T> x)
    {
        int inputs = _model.Spec.InputSize;
        if (x.Length != inputs)
            throw new ArgumentException($"A step of this model has {inputs} values, not {x.Length}.", nameof(x));
        foreach (Level level in _levels)
        {
            level.Step(x, fromZero: Steps == 0);
            x = level.Output.Span;
        }
        if (_pooling is not null)
        {
            T* outputs = _levels[^1].Output.Start;
            _pooling.Prepare(_readout, outputs, rows: 1, _alone);
            _pooling.Take(_readout, outputs, row: 0, place: 0, Steps);
        }
        Steps++;
    }

    /// <summary>The scores of the classes, were the sequence to end here, <c>[C]</c>; before the first step those of zeros.</summary>
    public ReadOnlySpan<T> Logits()
    {
        bool isPooled = _pooling is not null && Steps > 0;
        if (isPooled)
            _pooling!.Conclude(_readout, place: 0, Steps);
        _model.Output.Forward(isPooled ? _readout.Features.Start : _levels[^1].Output.Start, _logits.Start, rows: 1);
        return _logits.Span;
    }

    /// <summary>Begins a new sequence.</summary>
    public void Reset()
    {
        Steps = 0;
        foreach (Level level in _levels)
            level.Reset();
        _pooling?.Begin(_readout, place: 0);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Level level in _levels)
            level.Dispose();
        _readout.Dispose();
        _alone.Dispose();
        _logits.Dispose();
    }

    /// <summary>One level of the stack, and where its sequence stands.</summary>
    private sealed class Level(RecurrentBlock<T> block) : IDisposable
    {
        private readonly NativeBuffer<T> _gates = new(block.FromStart.GateSize);
        private readonly NativeBuffer<T> _inner = new(block.FromStart.UnitStride);
        private NativeBuffer<T> _state = new(block.FromStart.StateSize);
        private NativeBuffer<T> _next = new(block.FromStart.StateSize);

        public NativeBuffer<T> Output { get; } = new(block.OutputSize);

        public void Step(ReadOnlySpan<T> x, bool fromZero)
        {
            var step = new CellStep<T>
            {
                Gates = _gates.Start,
                Inner = _inner.Start,
                Previous = _state.Start,
                RecurrentInput = _state.Start,
                RecurrentInputStride = block.FromStart.StateSize,
                Next = _next.Start,
                UnitStride = block.FromStart.UnitStride,
            };
            fixed (T* inputs = x)
                block.FromStart.Step(inputs, step, rows: 1, fromZero);
            (_state, _next) = (_next, _state);
            Span<T> y = Output.Span;
            _state.Span[..y.Length].CopyTo(y);
            if (block.IsResidual)
                TensorPrimitives.Add(y, x, y);
        }

        public void Reset()
        {
            _state.Clear();
            Output.Clear();
        }

        public void Dispose()
        {
            _gates.Dispose();
            _inner.Dispose();
            _state.Dispose();
            _next.Dispose();
            Output.Dispose();
        }
    }
}
