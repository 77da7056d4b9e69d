using Elman.Kernels;
using Elman.Losses;
using Elman.Models;
using Elman.Packing;
using Elman.Recurrent;
using Elman.Stack;
using Elman.Tests.Kernels;
using Elman.Tests.Oracles;
using Elman.Tests.Pairs;
using Elman.Training;
using Elman.Training.Objectives;

namespace Elman.Tests.Training;

/// <summary>
/// Gradients window by window, in double precision: with checkpoints they equal those of the whole pass; truncated, those of windows with
/// constant initial states.
/// </summary>
public sealed class GradientPassTests
{
    private static readonly Bptt _checkpoints = new(0, GradientCheckpointing: true);

    /// <summary>
    /// Every configuration that has only a forward direction; and residual stacks and linear recurrences with a readout at the end of
    /// ragged sequences, which is rare among these.
    /// </summary>
    private static readonly IReadOnlyList<Configuration> _forward =
    [
        .. Configuration.All.Where(configuration => !configuration.Spec.Bidirectional),
        .. Configuration.All.Where(configuration => configuration.Spec is { Bidirectional: false, Residual: false,
            Readout.Name: "last", Task: ModelTask.Classify or ModelTask.Regress }).Take(4)
            .Select(configuration => configuration with
            {
                Name = $"{configuration.Name}, residual",
                Spec = configuration.Spec with { Layers = [3, 3], Residual = true },
                Lengths = [4, 1, 3],
            }),
        .. Configuration.All.Where(configuration => configuration.Spec is { Cell: LruOptions, Bidirectional: true, Residual: false,
            Readout.Name: "last", Task: ModelTask.ClassifyMany or ModelTask.Regress })
            .Select(configuration => configuration with
            {
                Name = $"{configuration.Name}, forward",
                Spec = configuration.Spec with { Bidirectional = false, Merge = default },
                Lengths = [4, 1, 3],
            }),
    ];

    public static TheoryData<string> Names => [.. _forward.Select(configuration => configuration.Name)];

    /// <summary>
    /// Configurations without a maximum over units with zoneout: there two steps have the same value, which is a constant for the window of
    /// the later one.
    /// </summary>
    public static TheoryData<string, int> NamesAndWindows => new MatrixTheoryData<string, int>(
        _forward.Where(configuration => configuration.Spec.Readout != Readout.Max || configuration.Spec.Zoneout == 0)
            .Select(configuration => configuration.Name), [1, 2, 4]);

    [Theory]
    [MemberData(nameof(Names))]
    public void Checkpoints_give_the_gradient_of_the_whole_pass(string name)
    {
        foreach (int[] lengths in (int[][])[Lengths(name), [17, 3, 9, 17, 1, 16, 10], [1, 1], [2], [37]])
        {
            using var whole = new Pass(name, lengths, default);
            using var cut = new Pass(name, lengths, _checkpoints);
            LossResult expected = whole.Run(), actual = cut.Run();
            Close.Assert("loss", [expected.Loss], [actual.Loss], relative: 1e-14, floor: 0);
            Assert.Equal((expected.Correct, expected.Count, expected.Weight), (actual.Correct, actual.Count, actual.Weight));
            Close.Assert($"{lengths.Length} sequences", whole.Gradients, cut.Gradients, relative: 1e-12, floor: 1e-13);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_window_of_all_steps_or_more_gives_the_bits_of_the_whole_pass(string name)
    {
        int longest = Lengths(name).Max();
        using var whole = new Pass(name, Lengths(name), default);
        LossResult expected = whole.Run();
        foreach (int window in (int[])[longest, longest + 1, int.MaxValue])
        {
            using var cut = new Pass(name, Lengths(name), new Bptt(window, GradientCheckpointing: false));
            Assert.Equal(expected, cut.Run());
            SameBits.Assert<double>(whole.Gradients, cut.Gradients);
        }
    }

    [Theory]
    [MemberData(nameof(NamesAndWindows))]
    public void A_truncated_gradient_is_the_slope_of_the_loss_with_the_states_between_windows_held(string name, int window)
    {
        Configuration configuration = _forward.Single(c => c.Name == name);
        using var run = new Pass(name, configuration.Lengths, new Bptt(window, GradientCheckpointing: false));
        double h = configuration.HasKinks ? 2e-6 : 1e-4;
        bool perStep = configuration.Spec.Task is ModelTask.Tag or ModelTask.Forecast;
        run.HoldStates(window);
        for (int first = 0; first < run.Batch.Steps; first += perStep ? window : run.Batch.Steps)
        {
            // If every step has an output, each window is a separate pass.
            int end = perStep ? Math.Min(first + window, run.Batch.Steps) : run.Batch.Steps;
            LossResult result = run.Run(first, end);
            double[] gradients = run.Gradients;
            Assert.Equal(run.LossWithHeldStates(first, end), result.Loss, 1e-13);
            var random = new SeededRandom(3);
            foreach (ParameterSlice slice in run.Model.Values.Layout.Slices)
            {
                int[] some = [.. Enumerable.Range(0, Math.Min(slice.Count, 6))
                    .Select(i => slice.Count <= 6 ? i : random.NextInt32(slice.Count))];
                double[] analytic = [.. some.Select(i => gradients[slice.Offset + i])];
                double[] measured = [.. some.Select(i => Slope(run, slice, i, h, first, end))];
                double scale = measured.Max(Math.Abs);
                if (scale < 2e-15 / h) // noise alone
                    Assert.All(analytic, value => Assert.Equal(0, value, 2e-15 / h));
                else
                    Close.Assert($"{slice.Name} from step {first}", measured, analytic, relative: 1e-6, floor: 1e-6 + (2e-15 / h / scale));
            }
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    public void Of_a_maximum_reached_in_several_windows_the_first_step_gets_the_gradient(int truncate)
    {
        // Without recurrent weights and with the same values at every step, all outputs are equal; only before the first step h is 0.
        ModelSpec spec = new() { InputSize = 1, Layers = [3], OutputSize = 2, Readout = Readout.Max };
        using var model = new SequenceModel<double>(spec);
        model.Initialize(WeightInitialization.Glorot, new SeededRandom(1));
        model.Values.Span(model.Layers[0].FromStart.Weights.Recurrent!).Clear();
        model.Pack(forTraining: true);
        using var run = new Pass(model, new SequenceDataset(1, ["a", "b"], [new Sequence(Enumerable.Repeat(0.5f, 30).ToArray(), 1, 1)]),
            new Bptt(truncate, truncate == 0));
        run.Run();
        ParameterSlice wx = model.Layers[0].FromStart.Weights.Input, wh = model.Layers[0].FromStart.Weights.Recurrent!;
        Assert.DoesNotContain(0.0, run.Gradients.AsSpan((int)wx.Offset, wx.Count).ToArray());
        Assert.All(run.Gradients.AsSpan((int)wh.Offset, wh.Count).ToArray(), gradient => Assert.Equal(0, gradient));
    }

    [Theory]
    [InlineData("last", 4)]
    [InlineData("mean", 4)]
    [InlineData("last", 0)]
    [InlineData("mean", 0)]
    public void The_tape_holds_no_more_than_a_window(string readout, int truncate)
    {
        const int Steps = 100;
        ModelSpec spec = new()
        {
            InputSize = 1,
            Layers = [8, 8],
            OutputSize = 2,
            Readout = Readout.Parse(readout),
        };
        using var model = new SequenceModel<double>(spec);
        model.Pack(forTraining: true);
        using var run = new Pass(
            model, new SequenceDataset(1, ["a", "b"], [new Sequence(new float[Steps], 1, 1), new Sequence(new float[7], 1, 0)]),
            new Bptt(truncate, truncate == 0));
        run.Run();
        int rows = 2 * (truncate == 0 ? 10 : truncate); // of two sequences at most
        StackLayerTape<double> below = run.Tape.Layer(0), top = run.Tape.Layer(1);
        foreach (NativeBuffer<double> buffer in (NativeBuffer<double>[])[below.FromStart.States, below.FromStart.Gates, below.Outputs,
            below.OutputGradient, top.Outputs, top.OutputGradient])
            Assert.InRange(buffer.Length, 0, rows * 8);
    }

    private static int[] Lengths(string name) => _forward.Single(c => c.Name == name).Lengths;

    private static double Slope(Pass run, ParameterSlice slice, int index, double h, int first, int end)
    {
        double old = run.Model.Values.Span(slice)[index];
        double slope = ((8 * (At(h) - At(-h))) - (At(2 * h) - At(-2 * h))) / (12 * h);
        run.Model.Values.Span(slice)[index] = old;
        run.Model.Pack(forTraining: true);
        return slope;

        double At(double shift)
        {
            run.Model.Values.Span(slice)[index] = old + shift;
            run.Model.Pack(forTraining: true);
            return run.LossWithHeldStates(first, end);
        }
    }

    private sealed class Pass : IDisposable
    {
        private readonly ConfigurationGradientTests.Run? _configured;
        private readonly Elman.Sequences.SequenceBatch<double> _ownBatch = new();
        private readonly Objective<double> _objective;
        private readonly GradientPass<double> _pass;
        private readonly Parameters<double> _gradients;
        private readonly Workers _workers = new(1);
        private readonly List<double[][]> _held = []; // of each window: the states before it, level by level
        private int _window;

        public Pass(string name, int[] lengths, Bptt unrolling)
        {
            Configuration configuration = _forward.Single(c => c.Name == name) with { Lengths = lengths };
            _configured = new ConfigurationGradientTests.Run(configuration);
            (Model, Batch, _objective) = (_configured.Model, _configured.Batch, _configured.Objective);
            _pass = new GradientPass<double>(Model, _objective, unrolling, _workers);
            _gradients = new Parameters<double>(Model.Values.Layout);
            Model.DrawNoise(Batch, Tape, configuration.Rates, new SeededRandom(5));
        }

        public Pass(SequenceModel<double> model, SequenceDataset data, Bptt unrolling)
        {
            (Model, Batch, _objective) = (model, _ownBatch, new ClassObjective<double>(new LossFunction(Loss.CrossEntropy)));
            Batch.Fill(data, [.. Enumerable.Range(0, data.Count)], null);
            _pass = new GradientPass<double>(Model, _objective, unrolling, _workers);
            _gradients = new Parameters<double>(Model.Values.Layout);
        }

        public SequenceModel<double> Model { get; }

        public Elman.Sequences.SequenceBatch<double> Batch { get; }

        public ModelTape<double> Tape { get; } = new(keepsSteps: true);

        public double[] Gradients => _gradients.Buffer.Span.ToArray();

        public LossResult Run() => Run(0, Batch.Steps);

        public LossResult Run(int first, int end)
        {
            PutBack(first);
            _gradients.Buffer.Clear();
            return _pass.Run(LayerWindow<double>.Of(Batch, first, end), Tape, _gradients);
        }

        /// <summary>Records the states before every window.</summary>
        public void HoldStates(int window)
        {
            _window = window;
            for (int first = 0; first < Batch.Steps; first += window)
            {
                _held.Add([.. Enumerable.Range(0, Model.Layers.Count).Select(level => Tape.Layer(level).FromStart.Carry.Span.ToArray())]);
                Model.Forward(LayerWindow<double>.Of(Batch, first, Math.Min(first + window, Batch.Steps)), Tape, _workers);
            }
        }

        public double LossWithHeldStates(int first, int end)
        {
            int last = first;
            for (int at = first; at < end; at += _window)
            {
                PutBack(last = at);
                Model.Forward(LayerWindow<double>.Of(Batch, at, Math.Min(at + _window, end)), Tape, _workers);
            }
            return _objective.Evaluate(LayerWindow<double>.Of(Batch, last, end), Tape.Logits.Span, new double[Tape.Logits.Length]).Loss;
        }

        public void Dispose()
        {
            _pass.Dispose();
            _gradients.Dispose();
            _workers.Dispose();
            Tape.Dispose();
            _ownBatch.Dispose();
            _configured?.Dispose();
        }

        private void PutBack(int step)
        {
            for (int level = 0; step > 0 && level < Model.Layers.Count; level++)
                _held[step / _window][level].CopyTo(Tape.Layer(level).FromStart.Carry.Span);
        }
    }
}
