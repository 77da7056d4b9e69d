using System.Numerics;
using System.Numerics.Tensors;
using Elman.Cells;
using Elman.Kernels;
using Elman.Linear;
using Elman.Readouts;
using Elman.Recurrent;
using Elman.Stack;

namespace Elman.Models.Streaming;

/// <summary>
/// Advances one or many sequences by single steps. A step has the same bits as in the whole sequence, and as alone. Allocates only to
/// grow.
/// </summary>
/// <remarks>
/// Reads the packed weights of its model: if they are changed and packed meanwhile, results mix old and new weights. For one thread at a
/// time.
/// </remarks>
internal sealed unsafe class StreamEngine<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly SequenceModel<T> _model;
    private readonly PoolingReadout<T>? _pooling;
    private readonly CountsReadout<T>? _counts;
    private readonly ReadoutTape<T> _readout = new();
    private readonly Workers _alone = new(1);
    private readonly int _poolOffset;
    private readonly NativeBuffer<T> _gates = new();
    private readonly NativeBuffer<T> _inner = new();
    private readonly NativeBuffer<T> _previous = new();
    private readonly NativeBuffer<T> _next = new();
    private readonly NativeBuffer<T> _logits = new();
    private readonly GatedTape<T> _scratch = new();
    private NativeBuffer<T> _inputs = new();
    private NativeBuffer<T> _outputs = new();
    private StreamState<T>[] _order = [];

    /// <summary>Creates an engine.</summary>
    /// <param name="model">A model with packed weights.</param>
    /// <exception cref="ArgumentException">The model needs whole sequences.</exception>
    public StreamEngine(SequenceModel<T> model)
    {
        CheckCanStream(model);
        _model = model;
        _pooling = model.Readout as PoolingReadout<T>;
        _counts = model.Readout as CountsReadout<T>;
        _poolOffset = StreamState<T>.PoolOffset(model);
    }

    /// <summary>Checks that a model can run on a stream.</summary>
    /// <exception cref="ArgumentException">The model needs whole sequences.</exception>
    public static void CheckCanStream(SequenceModel<T> model)
    {
        if (model.Spec.StreamProblem is { } problem)
            throw new ArgumentException(problem, nameof(model));
    }

    /// <summary>The outputs of the last layer after the last steps, <c>[n, W]</c>, in the order of <see cref="Ordered"/>.</summary>
    public ReadOnlySpan<T> Outputs => _outputs.Span;

    /// <summary>The sequences of the last steps, in the order of the results: sequences with earlier steps come first.</summary>
    public ReadOnlySpan<StreamState<T>> Ordered => _order.AsSpan(0, Count);

    private int Count { get; set; }

    /// <summary>
    /// Sets the sequences to advance, each listed once, and returns the rows for their inputs, <c>[n, I]</c>, in the order of
    /// <see cref="Ordered"/>.
    /// </summary>
    public Span<T> Begin(ReadOnlySpan<StreamState<T>> states)
    {
        Count = states.Length;
        if (_order.Length < Count)
            _order = new StreamState<T>[Count];
        int next = 0;
        foreach (StreamState<T> state in states)
            if (state.Steps > 0)
                _order[next++] = state;
        foreach (StreamState<T> state in states)
            if (state.Steps == 0)
                _order[next++] = state;
        _inputs.Resize((long)Count * _model.Spec.InputSize);
        return _inputs.Span;
    }

    /// <summary>Advances the sequences, after the inputs are set.</summary>
    public void Step()
    {
        int begun = 0, offset = 0;
        while (begun < Count && _order[begun].Steps > 0)
            begun++;
        if (_model.Embedding is { } embedding)
        {
            _outputs.Resize((long)Count * embedding.OutputSize);
            embedding.Forward(_inputs.Start, _outputs.Start, Count, _model.Values, _alone);
            (_inputs, _outputs) = (_outputs, _inputs);
        }
        for (int layer = 0; layer < _model.Layers.Count; layer++)
        {
            Advance(_model.Layers[layer], offset, begun);
            offset += _model.Layers[layer].FromStart.Shape.StateSize;
            (_inputs, _outputs) = (_outputs, _inputs);
        }
        (_inputs, _outputs) = (_outputs, _inputs); // the outputs of the last layer
        if (_pooling is not null)
            Pool(_pooling);
        for (int i = 0; i < Count && _counts is not null; i++)
        {
            if (_order[i].Steps == 0)
                _counts.Begin(_order[i].Start + _poolOffset);
            _counts.Take(_order[i].Start + _poolOffset, _outputs.Start + ((nint)i * _model.Layers[^1].OutputSize), _order[i].Steps);
        }
        foreach (StreamState<T> state in Ordered)
            state.Steps++;
    }

    /// <summary>Computes the outputs of the model after the last steps, <c>[n, O]</c>, in the order of <see cref="Ordered"/>.</summary>
    public ReadOnlySpan<T> Answer()
    {
        _logits.Resize((long)Count * _model.Output.OutputSize);
        T* features = _outputs.Start;
        if (_pooling is not null)
        {
            for (int i = 0; i < Count; i++)
                _pooling.Conclude(_readout, i, _order[i].Steps);
            features = _readout.Features.Start;
        }
        if (_counts is not null)
        {
            _readout.Features.Resize((long)Count * _counts.FeatureSize);
            features = _readout.Features.Start;
            for (int i = 0; i < Count; i++)
                _counts.Conclude(_order[i].Start + _poolOffset, features + ((nint)i * _counts.FeatureSize), _order[i].Steps);
        }
        _model.Output.Forward(features, _logits.Start, Count);
        return _logits.Span;
    }

    /// <summary>Clears the references to the sequences of the last steps.</summary>
    public void Forget()
    {
        Array.Clear(_order);
        Count = 0;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _readout.Dispose();
        _alone.Dispose();
        _gates.Dispose();
        _inner.Dispose();
        _previous.Dispose();
        _next.Dispose();
        _logits.Dispose();
        _scratch.Dispose();
        _inputs.Dispose();
        _outputs.Dispose();
    }

    private void Advance(StackLayer<T> block, int offset, int begun)
    {
        RecurrentLayer<T> layer = block.FromStart;
        int size = layer.Shape.StateSize;
        _gates.Resize((long)Count * layer.Shape.GateSize);
        _inner.Resize((long)Count * layer.Shape.UnitStride);
        _outputs.Resize((long)Count * block.OutputSize);
        T* previous = Gather(offset, size), next = previous;
        bool isInPlace = Count == 1 && layer.Shape.StepsInPlace;
        if (!isInPlace)
        {
            _next.Resize((long)Count * size);
            next = _next.Start;
        }
        Rows(0, begun, fromZero: false);
        Rows(begun, Count - begun, fromZero: true);
        for (int i = 0; i < Count && !isInPlace; i++)
            _next.Span.Slice(i * size, size).CopyTo(_order[i].Numbers[offset..]);
        layer.Read(next, _inputs.Start, Count, _outputs.Start, _scratch, _alone);
        if (block.IsResidual)
            TensorPrimitives.Add<T>(_outputs.Span, _inputs.Span, _outputs.Span);

        void Rows(int first, int rows, bool fromZero)
        {
            if (rows == 0)
                return;
            var step = new CellStep<T>
            {
                Gates = _gates.Start + ((nint)first * layer.Shape.GateSize),
                Inner = _inner.Start + ((nint)first * layer.Shape.UnitStride),
                Previous = previous + ((nint)first * size),
                RecurrentInput = previous + ((nint)first * size) + layer.Shape.OutputOffset,
                RecurrentInputStride = size,
                Next = next + ((nint)first * size),
                UnitStride = layer.Shape.UnitStride,
                StateStride = size,
            };
            layer.Step(_inputs.Start + ((nint)first * block.InputSize), step, rows, fromZero);
        }
    }

    /// <summary>Copies the states before the step to consecutive rows; the state of a single sequence is used in place.</summary>
    private T* Gather(int offset, int size)
    {
        if (Count == 1)
            return _order[0].Start + offset;
        _previous.Resize((long)Count * size);
        for (int i = 0; i < Count; i++)
            _order[i].Numbers.Slice(offset, size).CopyTo(_previous.Span[(i * size)..]);
        return _previous.Start;
    }

    private void Pool(PoolingReadout<T> pooling)
    {
        pooling.Reserve(_readout, Count);
        pooling.Prepare(_readout, _outputs.Start, Count, _alone);
        for (int i = 0; i < Count; i++)
        {
            Span<T> own = _order[i].Numbers[_poolOffset..], state = pooling.State(_readout, i);
            if (_order[i].Steps == 0)
                pooling.Begin(_readout, i);
            else
                own.CopyTo(state);
            pooling.Take(_readout, _outputs.Start, i, i, _order[i].Steps);
            state.CopyTo(own);
        }
    }
}
