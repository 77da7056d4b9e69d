using System.Numerics;
using Elman.Kernels;
using Elman.Readouts;

namespace Elman.Models.Streaming;

/// <summary>
/// Where a sequence that comes in step by step stands: the state of every layer, and what its readout has pooled.
/// All that is needed to go on.
/// </summary>
internal sealed unsafe class StreamState<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly NativeBuffer<T> _numbers;

    /// <summary>Before the first step.</summary>
    public StreamState(SequenceModel<T> model) => _numbers = new(LengthFor(model));

    /// <summary>How many steps there have been.</summary>
    public long Steps { get; set; }

    /// <summary>
    /// The numbers: layer after layer <c>[S·H]</c>, then the state of the readout.
    /// </summary>
    public Span<T> Numbers => _numbers.Span;

    /// <summary>Where they begin.</summary>
    public T* Start => _numbers.Start;

    /// <summary>How many numbers the state of a model's sequence has.</summary>
    public static int LengthFor(SequenceModel<T> model) =>
        PoolOffset(model) + model.Readout switch
        {
            PoolingReadout<T> pooling => pooling.StateSize,
            CountsReadout<T> counts => counts.StateSize,
            _ => 0,
        };

    /// <summary>Where what was pooled begins.</summary>
    public static int PoolOffset(SequenceModel<T> model)
    {
        int offset = 0;
        for (int layer = 0; layer < model.Layers.Count; layer++)
            offset += model.Layers[layer].FromStart.Shape.StateSize;
        return offset;
    }

    /// <summary>Begins a new sequence.</summary>
    public void Reset()
    {
        Steps = 0;
        _numbers.Clear();
    }

    /// <inheritdoc/>
    public void Dispose() => _numbers.Dispose();
}
