using System.Numerics;
using Elman.Kernels;
using Elman.Readouts;

namespace Elman.Models.Streaming;

/// <summary>
/// The state of a sequence that arrives step by step: the state of every layer and of the readout. It is sufficient to continue the
/// sequence.
/// </summary>
internal sealed unsafe class StreamState<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly NativeBuffer<T> _numbers;

    /// <summary>Creates the state before the first step.</summary>
    public StreamState(SequenceModel<T> model) => _numbers = new(LengthFor(model));

    /// <summary>The number of steps so far.</summary>
    public long Steps { get; set; }

    /// <summary>
    /// The values of the state: layer by layer <c>[S·H]</c>, then the state of the readout.
    /// </summary>
    public Span<T> Numbers => _numbers.Span;

    /// <summary>The pointer to the first value.</summary>
    public T* Start => _numbers.Start;

    /// <summary>Returns the number of values of a sequence's state in a model.</summary>
    public static int LengthFor(SequenceModel<T> model) =>
        PoolOffset(model) + model.Readout switch
        {
            PoolingReadout<T> pooling => pooling.StateSize,
            CountsReadout<T> counts => counts.StateSize,
            _ => 0,
        };

    /// <summary>Returns the offset of the state of the readout.</summary>
    public static int PoolOffset(SequenceModel<T> model)
    {
        int offset = 0;
        for (int layer = 0; layer < model.Layers.Count; layer++)
            offset += model.Layers[layer].FromStart.Shape.StateSize;
        return offset;
    }

    /// <summary>Starts a new sequence.</summary>
    public void Reset()
    {
        Steps = 0;
        _numbers.Clear();
    }

    /// <inheritdoc/>
    public void Dispose() => _numbers.Dispose();
}
