using Elman.Kernels;
using Elman.Models;
using Elman.Packing;
using Elman.Recurrent;
using Elman.Sequences;
using Elman.Tests.Oracles;
using Elman.Training.Objectives;

namespace Elman.Tests.Pairs;

/// <summary>The gradient of every combination, compared with central differences in double precision.</summary>
public sealed class ConfigurationGradientTests
{
    private const int Channels = 2, Classes = 3;

    [Theory]
    [MemberData(nameof(Configuration.Names), MemberType = typeof(Configuration))]
    public void Gradients_agree_with_central_differences(string name)
    {
        Configuration configuration = Configuration.All.Single(c => c.Name == name);
        using var run = new Run(configuration);
        double[] gradients = run.Differentiate().Gradients;
        // With three units, normalisation has a strong curvature.
        double h = configuration.HasKinks ? 2e-7 : configuration.Spec.Cell.NormalizesGates ? 1e-5 : 1e-4;
        var random = new SeededRandom(3);
        foreach (ParameterSlice slice in run.Model.Values.Layout.Slices)
        {
            // Directions in which all numbers of the slice change at the same time.
            double[][] some = [.. Enumerable.Range(0, Math.Min(slice.Count, 3)).Select(i => Direction(slice.Count, random))];
            double[] analytic = [.. some.Select(direction => direction.Select((d, i) => d * gradients[slice.Offset + i]).Sum())];
            double[] measured = [.. some.Select(direction => run.Slope(slice, direction, h))];
            double resolution = 2e-15 / h; // of a difference of losses
            if (measured.All(slope => slope == 0))
            {
                Assert.All(analytic, slope => Assert.InRange(slope, -resolution, resolution));
                continue;
            }
            double scale = Math.Max(measured.Max(Math.Abs), 1e-12); // of what the tolerance is a share
            Close.Assert($"{slice.Name} of {name}", measured, analytic, relative: 1e-6, floor: 1e-6 + (resolution / scale));
        }
    }

    [Fact]
    public void There_are_at_least_three_hundred_and_no_two_alike()
    {
        Assert.InRange(Configuration.All.Count, 300, 1000);
        Assert.Distinct(Configuration.All.Select(configuration => configuration.Name[4..]));
    }

    private static double[] Direction(int count, SeededRandom random)
    {
        double[] direction = [.. Enumerable.Range(0, count).Select(_ => random.NextNormal())];
        double norm = Math.Sqrt(direction.Sum(d => d * d));
        return [.. direction.Select(d => d / norm)];
    }

    /// <summary>A configuration as a model, with a batch and its targets.</summary>
    internal sealed class Run : IDisposable
    {
        private readonly Configuration _configuration;
        private readonly SequenceBatch<double> _batch = new();
        private readonly Objective<double> _objective;
        private readonly Workers _workers = new(1);

        public Run(Configuration configuration)
        {
            _configuration = configuration;
            var random = new SeededRandom(configuration.Name.Length + 1000);
            ModelSpec spec = configuration.Spec with
            {
                InputSize = Channels,
                OutputSize = configuration.Spec.Task == ModelTask.Forecast ? configuration.Spec.Horizon * Channels : Classes,
            };
            Model = new SequenceModel<double>(spec);
            foreach (ParameterSlice slice in Model.Values.Layout.Slices)
                foreach (ref double value in Model.Values.Span(slice))
                    value = random.NextNormal() / 2;
            Model.Pack(forTraining: true);

            var data = new SequenceDataset(Channels, ["a", "b", "c"], configuration.Lengths.Select((steps, i) => new Sequence(
                Enumerable.Range(0, steps * Channels).Select(v => Value(spec, v % Channels, random)).ToArray(), Channels, i % Classes)
                .WithStepLabels(Enumerable.Range(0, steps).Select(t => ((t + i) % (Classes + 1)) - 1).ToArray())
                .WithTargets(Targets(spec.Task, i, random))));
            int[] indices = [.. Enumerable.Range(0, data.Count)];
            _batch.Fill(data, indices, null);
            _objective = spec.Task switch
            {
                ModelTask.Classify => new ClassObjective<double>(configuration.Loss),
                ModelTask.Tag => new TagObjective<double>(configuration.Loss),
                ModelTask.Forecast => new ForecastObjective<double>(configuration.Loss, spec.Horizon),
                _ => new TargetObjective<double>(configuration.Loss, null, areClasses: spec.Task == ModelTask.ClassifyMany),
            };
            _objective.Prepare(_batch, data, indices);
        }

        public SequenceModel<double> Model { get; }

        public SequenceBatch<double> Batch => _batch;

        public Objective<double> Objective => _objective;

        public (double Loss, double[] Gradients) Differentiate()
        {
            using var tape = new ModelTape<double>(keepsSteps: true);
            using var gradients = new Parameters<double>(Model.Values.Layout);
            Model.DrawNoise(_batch, tape, _configuration.Rates, new SeededRandom(5));
            Model.Forward(_batch, tape, _workers);
            tape.LogitsGradient.Resize(tape.Logits.Length);
            double loss = _objective.Evaluate(LayerWindow<double>.All(_batch), tape.Logits.Span, tape.LogitsGradient.Span).Loss;
            Model.Backward(_batch, tape, gradients, _workers);
            return (loss, gradients.Buffer.Span.ToArray());
        }

        public double Slope(ParameterSlice slice, double[] direction, double h)
        {
            double[] old = Model.Values.Span(slice).ToArray();
            double slope = ((8 * (At(h) - At(-h))) - (At(2 * h) - At(-2 * h))) / (12 * h);
            old.CopyTo(Model.Values.Span(slice));
            Model.Pack(forTraining: true);
            return slope;

            double At(double shift)
            {
                Span<double> values = Model.Values.Span(slice);
                for (int i = 0; i < old.Length; i++)
                    values[i] = old[i] + (shift * direction[i]);
                Model.Pack(forTraining: true);
                using var tape = new ModelTape<double>(keepsSteps: true);
                Model.DrawNoise(_batch, tape, _configuration.Rates, new SeededRandom(5));
                Model.Forward(_batch, tape, _workers);
                return _objective.Evaluate(LayerWindow<double>.All(_batch), tape.Logits.Span, new double[tape.Logits.Length]).Loss;
            }
        }

        public void Dispose()
        {
            _objective.Dispose();
            _batch.Dispose();
            _workers.Dispose();
            Model.Dispose();
        }

        private static float Value(ModelSpec spec, int channel, SeededRandom random) => spec.Symbols.Include(channel + 1)
            ? random.NextInt32(spec.Symbols.Single(table => table.Channel == channel + 1).Symbols)
            : (float)random.NextNormal();

        private static float[] Targets(ModelTask task, int i, SeededRandom random) => task == ModelTask.ClassifyMany
            ? [i % 2, 1 - (i % 2), i == 1 ? float.NaN : 1]
            : [(float)random.NextNormal(), i == 1 ? float.NaN : (float)random.NextNormal(), (float)random.NextNormal()];
    }
}
