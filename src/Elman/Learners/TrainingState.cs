using Elman.Losses;
using Elman.Models;
using Elman.Optimizers;
using Elman.Training;

namespace Elman.Learners;

/// <summary>
/// Where a training run by gradients stands. With the weights and the data, this is all that the rest of the run depends on.
/// </summary>
internal sealed class TrainingState : IDisposable
{
    /// <summary>The start of a run.</summary>
    /// <param name="model">The model whose weights are trained.</param>
    /// <param name="options">How.</param>
    /// <param name="sequences">The number of sequences of the data.</param>
    /// <param name="order">Draws the order of the data.</param>
    public TrainingState(SequenceModel<float> model, TrainingOptions options, int sequences, SeededRandom order)
    {
        Optimizer = OptimizerFactory.Create<float>(options, model.Values.Layout);
        OrderRandom = order;
        NoiseRandom = NoiseOf(options);
        Order = [.. Enumerable.Range(0, sequences)];
        Best = new BestWeights(model);
    }

    /// <summary>Epochs that have ended.</summary>
    public int Epoch => History.Count;

    /// <summary>The order of the data in the epoch under way; the next epoch shuffles it further.</summary>
    public int[] Order { get; }

    /// <summary>Sequences of the epoch under way of the training data.</summary>
    public int Seen { get; private set; }

    /// <summary>The figures of the epoch under way.</summary>
    public EpochSums Sums { get; private set; }

    /// <summary>Draws the order of the data.</summary>
    public SeededRandom OrderRandom { get; }

    /// <summary>Draws what dropout leaves out.</summary>
    public SeededRandom NoiseRandom { get; }

    /// <summary>The optimizer with its moments.</summary>
    public Optimizer<float> Optimizer { get; }

    /// <summary>The weights of the epoch with the lowest validation loss.</summary>
    public BestWeights Best { get; }

    /// <summary>The figures of the epochs that have ended.</summary>
    public List<EpochResult> History { get; } = [];

    /// <summary>A generator for dropout: another stream than the one that draws weights and order.</summary>
    public static SeededRandom NoiseOf(TrainingOptions options) => new(~(long)options.Seed);

    /// <summary>Starts an epoch: in another random order.</summary>
    public void BeginEpoch()
    {
        OrderRandom.Shuffle(Order.AsSpan());
        Seen = 0;
        Sums = default;
    }

    /// <summary>A batch was learned.</summary>
    /// <param name="result">Its figures.</param>
    /// <param name="sequences">The number of sequences it had.</param>
    public void Add(LossResult result, int sequences)
    {
        EpochSums sums = Sums;
        sums.Add(result);
        (Sums, Seen) = (sums, Seen + sequences);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Optimizer.Dispose();
        Best.Dispose();
    }
}
