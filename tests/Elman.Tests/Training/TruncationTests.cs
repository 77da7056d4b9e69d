using Elman.Kernels;
using Elman.Losses;
using Elman.Models;
using Elman.Optimizers;
using Elman.Packing;
using Elman.Recurrent;
using Elman.Sequences;
using Elman.Tests.Kernels;
using Elman.Training;
using Elman.Training.Objectives;

namespace Elman.Tests.Training;

/// <summary>
/// Training steps on sequences that are processed window by window: their updates, threads and memory. (Gradients: see GradientPassTests.)
/// </summary>
public sealed class TruncationTests
{
    private const int Window = 4;

    public static TheoryData<string, int> TasksAndWindows =>
        new MatrixTheoryData<string, int>(["tag", "last", "mean", "max", "attention"], [Window, 0]);

    [Fact]
    public void Each_window_of_a_tagger_is_an_update_and_the_next_continues_from_the_state_it_left()
    {
        using var truncated = new Run("tag", new Bptt(Window, GradientCheckpointing: false));
        using var plain = new Run("tag", default);
        LossResult result = truncated.Step(), sum = default;

        using var pass = new GradientPass<float>(plain.Model, plain.Objective, default, plain.Workers);
        using var tape = new ModelTape<float>(keepsSteps: true);
        using var gradients = new Parameters<float>(plain.Model.Values.Layout);
        plain.Model.DrawNoise(plain.Batch, tape, plain.Rates, new SeededRandom(0));
        for (int first = 0; first < plain.Batch.Steps; first += Window)
        {
            plain.Model.Pack(forTraining: true);
            gradients.Buffer.Clear();
            sum = sum.And(
                pass.Run(LayerWindow<float>.Of(plain.Batch, first, Math.Min(first + Window, plain.Batch.Steps)), tape, gradients));
            GradientClipping.ByNorm(gradients, 1);
            plain.Optimizer.Step(plain.Model.Values, gradients, Run.Rate, plain.Workers);
        }
        SameBits.Assert<float>(plain.Weights, truncated.Weights);
        Assert.Equal(sum, result);
    }

    [Theory]
    [MemberData(nameof(TasksAndWindows))]
    public void Any_number_of_threads_makes_the_same_weights(string task, int truncate)
    {
        float[] expected = Weights(1);
        Assert.Equal(expected, Weights(2));
        Assert.Equal(expected, Weights(4));

        float[] Weights(int threads)
        {
            using var run = new Run(task, new Bptt(truncate, GradientCheckpointing: truncate == 0), threads, layers: 40);
            for (int i = 0; i < 3; i++)
                run.Step();
            return run.Weights;
        }
    }

    [Theory]
    [MemberData(nameof(TasksAndWindows))]
    public void Once_warm_a_step_allocates_nothing(string task, int truncate)
    {
        using var run = new Run(task, new Bptt(truncate, GradientCheckpointing: truncate == 0));
        for (int i = 0; i < 3; i++)
            run.Step();
        Assert.Equal(0, Allocations.Of(() => run.Step()));
    }

    [Fact]
    public void Where_no_step_is_labelled_nothing_moves()
    {
        using var run = new Run("tag", new Bptt(Window, GradientCheckpointing: false));
        run.Step(); // so that the optimizer remembers something
        float[] before = run.Weights;
        run.Unlabel();
        Assert.Equal(0, run.Step().Weight);
        Assert.Equal(before, run.Weights);
    }

    [Fact]
    public void A_window_whose_loss_is_not_finite_leaves_the_weights_of_the_one_before()
    {
        using var run = new Run("tag", new Bptt(Window, GradientCheckpointing: false));
        run.Spoil(afterStep: 2 * Window);
        using var until = new Run("tag", new Bptt(Window, GradientCheckpointing: false));
        until.Unlabel(fromStep: 2 * Window);
        Assert.False(double.IsFinite(run.Step().Loss));
        until.Step();
        Assert.Equal(until.Weights, run.Weights);
    }

    [Fact]
    public void What_independent_units_carry_on_is_limited_by_the_length_of_the_sequences_not_of_the_windows()
    {
        using var run = new Run("tag", new Bptt(Window, GradientCheckpointing: false), cell: "indrnn");
        ParameterSlice carried = run.Model.Layers[0].FromStart.Weights.Diagonal!;
        run.Model.Values.Span(carried).Fill(2);
        run.Step();
        double limit = (float)Math.Pow(2, 1.0 / run.Batch.Steps);
        Assert.InRange(run.Model.Values.Span(carried).ToArray().Max(), limit - 0.05, limit); // updates after the first may have moved it
    }

    /// <summary>A model with everything that a training step needs.</summary>
    private sealed class Run : IDisposable
    {
        public const double Rate = 0.01;

        private readonly SequenceDataset _data;
        private readonly TrainStep<float> _step;

        public Run(string task, Bptt unrolling, int threads = 1, int layers = 12, string cell = "gru")
        {
            bool isTagger = task == "tag";
            var random = new SeededRandom(2);
            _data = new SequenceDataset(
                3, ["a", "b"], Enumerable.Range(0, 37).Select(i => 1 + (i * 13 % 41)).Select((steps, i) => new Sequence(
                    Enumerable.Range(0, steps * 3).Select(_ => (float)random.NextNormal()).ToArray(), 3, i % 2)
                    .WithStepLabels(Enumerable.Range(0, steps).Select(_ => random.NextInt32(3) - 1).ToArray())));
            Model = new SequenceModel<float>(new ModelSpec
            {
                Cell = cell,
                InputSize = 3,
                Layers = [layers, layers],
                OutputSize = 2,
                Zoneout = 0.1,
                Task = isTagger ? ModelTask.Tag : ModelTask.Classify,
                Readout = isTagger ? Readout.Last : Readout.Parse(task),
            });
            Model.Initialize(WeightInitialization.Orthogonal, new SeededRandom(1));
            var loss = new LossFunction(Loss.CrossEntropy);
            Objective = isTagger ? new TagObjective<float>(loss) : new ClassObjective<float>(loss);
            Optimizer = new Adam<float>(Model.Values.Layout, KernelCatalog.Default<float>());
            Workers = new Workers(threads);
            _step = new TrainStep<float>(Model, Optimizer, Workers, clip: 1, Objective, Rates, unrolling: unrolling);
            Fill(_data);
        }

        public SequenceModel<float> Model { get; }

        public SequenceBatch<float> Batch { get; } = new();

        public Objective<float> Objective { get; }

        public Optimizer<float> Optimizer { get; }

        public Workers Workers { get; }

        public DropoutRates Rates { get; } = new(0.1, 0.1);

        public float[] Weights => Model.Values.Buffer.Span.ToArray();

        public LossResult Step() => _step.Run(Batch, Rate);

        public void Unlabel(int fromStep = 0) => Fill(Changed(sequence =>
            sequence.WithStepLabels(
                sequence.StepLabels.ToArray().Select((label, t) => t < fromStep ? label : Sequence.NoLabel).ToArray())));

        public void Spoil(int afterStep) => Fill(Changed(sequence =>
            new Sequence(sequence.Values.ToArray().Select((x, i) => i / 3 < afterStep ? x : float.PositiveInfinity).ToArray(), 3)
                .WithStepLabels(sequence.StepLabels)));

        public void Dispose()
        {
            _step.Dispose();
            Workers.Dispose();
            Optimizer.Dispose();
            Objective.Dispose();
            Batch.Dispose();
            Model.Dispose();
        }

        private SequenceDataset Changed(Func<Sequence, Sequence> change) => new(3, ["a", "b"], _data.Select(change));

        private void Fill(SequenceDataset data)
        {
            int[] all = [.. Enumerable.Range(0, data.Count)];
            Batch.Fill(data, all, null);
            Objective.Prepare(Batch, data, all);
        }
    }
}
