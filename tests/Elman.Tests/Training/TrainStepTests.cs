using Elman.Kernels;
using Elman.Models;
using Elman.Optimizers;
using Elman.Sequences;
using Elman.Training;

namespace Elman.Tests.Training;

/// <summary>The collection of tests that do not run in parallel, since one test counts the allocations of the whole process.</summary>
[CollectionDefinition(DisableParallelization = true)]
public class Alone;

[Collection(typeof(Alone))]
public class TrainStepTests
{
    private const int Hidden = 24;

    // Enough work for two threads to share.
    private static readonly SequenceDataset _data = Waves.Create(24, seed: 1, ragged: true, channels: 2);

    public static TheoryData<OptimizerKind> Optimizers => [.. Enum.GetValues<OptimizerKind>()];

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void Once_warm_a_step_on_one_thread_allocates_nothing(OptimizerKind kind)
    {
        using var run = new Run(kind, threads: 1);
        run.Steps(10);
        Assert.Equal(0, Allocations.Of(() => run.Steps(50)));
    }

    [Fact]
    public void Once_warm_a_step_on_two_threads_allocates_nothing_to_speak_of()
    {
        using var run = new Run(OptimizerKind.Adam, threads: 2);
        run.Steps(20);
        long least = long.MaxValue; // of several, since the test runner allocates as well
        for (int i = 0; i < 5; i++)
        {
            long before = GC.GetTotalAllocatedBytes(precise: true);
            run.Steps(100);
            least = Math.Min(least, GC.GetTotalAllocatedBytes(precise: true) - before);
        }
        Assert.InRange(least, 0, 10_000); // 100 bytes a step
    }

    [Fact]
    public void Two_threads_make_the_weights_that_one_makes()
    {
        using var one = new Run(OptimizerKind.Nesterov, threads: 1);
        using var two = new Run(OptimizerKind.Nesterov, threads: 2);
        Assert.Equal(one.Steps(10), two.Steps(10));
        Assert.Equal(one.Weights, two.Weights);
    }

    [Fact]
    public void The_loss_falls()
    {
        using var run = new Run(OptimizerKind.Adam, threads: 1);
        double first = run.Steps(1);
        Assert.True(run.Steps(30) < 0.8 * first);
    }

    [Fact]
    public void A_loss_that_is_not_finite_leaves_the_weights()
    {
        using var run = new Run(OptimizerKind.Adam, threads: 1);
        run.Spoil();
        float[] before = run.Weights;
        Assert.False(double.IsFinite(run.Steps(1)));
        Assert.Equal(before, run.Weights);
    }

    [Fact]
    public void A_limit_on_the_gradient_limits_the_step()
    {
        using var run = new Run(OptimizerKind.Sgd, threads: 1, momentum: 0, clip: 1e-3);
        float[] before = run.Weights;
        run.Steps(1);
        double moved = Math.Sqrt(before.Zip(run.Weights, (a, b) => ((double)a - b) * ((double)a - b)).Sum());
        Assert.Equal(1e-3 * Run.Rate, moved, 1e-7);
    }

    /// <summary>A model with everything that a training step needs.</summary>
    private sealed class Run : IDisposable
    {
        public const double Rate = 0.01;

        private readonly SequenceModel<float> _model = new(new ModelSpec { InputSize = 2, Layers = [Hidden], OutputSize = 2 });
        private readonly SequenceBatch<float> _batch = new();
        private readonly Optimizer<float> _optimizer;
        private readonly Workers _workers;
        private readonly TrainStep<float> _step;

        public Run(OptimizerKind kind, int threads, double momentum = 0.9, double clip = 1)
        {
            _model.Initialize(WeightInitialization.Orthogonal, new SeededRandom(1));
            _optimizer = OptimizerFactory.Create<float>(
                new TrainingOptions { Optimizer = kind, Momentum = momentum }, _model.Values.Layout);
            _workers = new Workers(threads);
            _step = new TrainStep<float>(_model, _optimizer, _workers, clip);
            _batch.Fill(_data, Enumerable.Range(0, _data.Count).ToArray(),
                new Preprocessing(MissingValues.Refuse, _data.Channels, Standardization.Fit(_data)));
        }

        public float[] Weights => _model.Values.Buffer.Span.ToArray();

        public double Steps(int count)
        {
            double loss = 0;
            for (int i = 0; i < count; i++)
                loss = _step.Run(_batch, Rate).Loss;
            return loss;
        }

        public void Spoil() => _model.Values.Span(_model.Output.Bias)[0] = float.NaN;

        public void Dispose()
        {
            _step.Dispose();
            _workers.Dispose();
            _optimizer.Dispose();
            _batch.Dispose();
            _model.Dispose();
        }
    }
}
