using Elman.Losses;
using Elman.Models;
using Elman.Optimizers;
using Elman.Training;

namespace Elman.Learners;

/// <summary>
/// The state of a training run by gradients. With the weights and the data, it determines the rest of the run.
/// </summary>
internal sealed class TrainingState : IDisposable
{
    /// <summary>Creates the state at the start of a run.</summary>
    /// <param name="model">The model whose weights are trained.</param>
    /// <param name="options">The training options.</param>
    /// <param name="sequences">The number of sequences of the data.</param>
    /// <param name="order">The random numbers for the order of the data.</param>
    public TrainingState(SequenceModel<float> model, TrainingOptions options, int sequences, SeededRandom order)
    {
        Model = model;
        Optimizer = OptimizerFactory.Create<float>(options, model.Values.Layout);
        OrderRandom = order;
        NoiseRandom = NoiseOf(options);
        Order = [.. Enumerable.Range(0, sequences)];
        Best = new BestWeights(model);
    }

    /// <summary>The model with the weights of the state.</summary>
    public SequenceModel<float> Model { get; }

    /// <summary>The number of complete epochs.</summary>
    public int Epoch => History.Count;

    /// <summary>The order of the data in the current epoch; the next epoch shuffles it again.</summary>
    public int[] Order { get; }

    /// <summary>The number of sequences so far in the current epoch; 0 between two epochs.</summary>
    public int Seen { get; set; }

    /// <summary>The figures of the current epoch.</summary>
    public EpochSums Sums { get; set; }

    /// <summary>The random numbers for the order of the data.</summary>
    public SeededRandom OrderRandom { get; }

    /// <summary>The random numbers for dropout.</summary>
    public SeededRandom NoiseRandom { get; }

    /// <summary>The optimizer with its moments.</summary>
    public Optimizer<float> Optimizer { get; }

    /// <summary>The weights of the epoch with the lowest validation loss.</summary>
    public BestWeights Best { get; }

    /// <summary>The figures of the complete epochs.</summary>
    public List<EpochResult> History { get; } = [];

    /// <summary>The epoch in which training diverged and went on with a smaller learning rate; 0 if it did not.</summary>
    public int DivergedEpoch { get; set; }

    /// <summary>The factor of the learning rate.</summary>
    public double RateFactor => DivergedEpoch > 0 ? 1 / 3.0 : 1;

    /// <summary>Creates the generator for dropout, with a stream separate from that for weights and order.</summary>
    public static SeededRandom NoiseOf(TrainingOptions options) => new(~(long)options.Seed);

    /// <summary>Starts an epoch in a new random order, unless one is under way.</summary>
    public void BeginEpoch()
    {
        if (Seen > 0)
            return;
        OrderRandom.Shuffle(Order.AsSpan());
        Sums = default;
    }

    /// <summary>Adds the figures of a batch.</summary>
    /// <param name="result">The figures of the batch.</param>
    /// <param name="sequences">The number of sequences in the batch.</param>
    public void Add(LossResult result, int sequences)
    {
        EpochSums sums = Sums;
        sums.Add(result);
        (Sums, Seen) = (sums, Seen + sequences);
    }

    /// <summary>Completes an epoch.</summary>
    /// <param name="figures">Its figures.</param>
    public void EndEpoch(EpochResult figures)
    {
        History.Add(figures);
        Seen = 0;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Optimizer.Dispose();
        Best.Dispose();
    }
}
