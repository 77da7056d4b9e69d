using Elman.Checkpoints;
using Elman.Files;
using Elman.Packing;

namespace Elman.Learners;

/// <summary>
/// A copy of the state at the end of the last epoch, or at the start: training goes on from there once if it diverges.
/// </summary>
/// <remarks>The best weights are not copied: they change only at the end of an epoch.</remarks>
internal sealed class GoodState(TrainingState state) : IDisposable
{
    private readonly Parameters<float> _weights = new(state.Model.Values.Layout);
    private readonly Parameters<float>[] _accumulators =
        [.. state.Optimizer.Accumulators.Select(one => new Parameters<float>(one.Layout))];
    private readonly int[] _order = new int[state.Order.Length];

    /// <summary>The state of the random numbers for the order of the data.</summary>
    public ulong[] OrderRandom { get; private set; } = [];

    /// <summary>The state of the random numbers for dropout.</summary>
    public ulong[] NoiseRandom { get; private set; } = [];

    /// <summary>The number of steps of the optimizer.</summary>
    public int Steps { get; private set; }

    /// <summary>Copies the state.</summary>
    public void Keep()
    {
        _weights.CopyFrom(state.Model.Values);
        for (int i = 0; i < _accumulators.Length; i++)
            _accumulators[i].CopyFrom(state.Optimizer.Accumulators[i]);
        state.Order.CopyTo(_order, 0);
        (OrderRandom, NoiseRandom, Steps) = (state.OrderRandom.State, state.NoiseRandom.State, state.Optimizer.Steps);
    }

    /// <summary>Copies it back; the epoch under way begins anew.</summary>
    public void Restore()
    {
        state.Model.Values.CopyFrom(_weights);
        for (int i = 0; i < _accumulators.Length; i++)
            state.Optimizer.Accumulators[i].CopyFrom(_accumulators[i]);
        _order.CopyTo(state.Order, 0);
        (state.OrderRandom.State, state.NoiseRandom.State, state.Optimizer.Steps) = (OrderRandom, NoiseRandom, Steps);
        state.Seen = 0;
    }

    /// <summary>Weights, accumulators and order as tensors of a file, named as in <see cref="TrainingStateFile"/>.</summary>
    public IEnumerable<SafetensorsTensor> Tensors() =>
    [
        TrainingStateFile.Tensor(TrainingStateFile.Weights, _weights),
        .. _accumulators.Select((one, i) => TrainingStateFile.Tensor(TrainingStateFile.AccumulatorName(i), one)),
        TensorBytes.Of(TrainingStateFile.Order, _order),
    ];

    /// <inheritdoc/>
    public void Dispose()
    {
        _weights.Dispose();
        foreach (Parameters<float> one in _accumulators)
            one.Dispose();
    }
}
