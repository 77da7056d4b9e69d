using Elman.Cells;
using Elman.Kernels;
using Elman.Models;
using Elman.Readouts;
using Elman.Sequences;
using Elman.Tests.Kernels;
using Elman.Tests.Oracles;

namespace Elman.Tests.Models;

public sealed class CountThresholdsTests
{
    [Theory]
    [InlineData("oscillator", 1, false)]
    [InlineData("oscillator", 2, false)]
    [InlineData("oscillator", 40, true)]
    [InlineData("esn", 7, false)]
    public void Thresholds_are_quantiles_of_the_units_own_outputs(string cell, int steps, bool bidirectional)
    {
        using SequenceModel<float> model = Create(cell, bidirectional);
        SequenceDataset data = Data(1, steps); // one sequence: the one that is drawn for every unit
        using var workers = new Workers(1);
        CountThresholds.Set(model, data, new Preprocessing(MissingValues.Refuse, 1), new SeededRandom(1), workers, default);

        using var batch = new SequenceBatch<float>();
        using var tape = new ModelTape<float>(keepsSteps: true);
        batch.Fill(data, [0], null);
        model.Forward(batch, tape, workers);
        int units = model.Layers[0].OutputSize, count = bidirectional ? 3 : 5; // of counts-full and of counts
        float[] outputs = tape.Layer(0).Outputs.Span.ToArray(), thresholds = Thresholds(model);
        for (int unit = 0; unit < units; unit++)
        {
            double[] sorted = [.. Enumerable.Range(0, steps).Select(t => (double)outputs[(t * units) + unit]).Order()];
            double[] expected = [.. Enumerable.Range(0, count)
                .Select(j => Quantile(sorted, ((count * unit) + j + 1) * ((Math.Sqrt(5) + 1) / 2) % 1))];
            Close.Assert($"thresholds of unit {unit}", expected,
                [.. Enumerable.Range(0, count).Select(j => (double)thresholds[(j * units) + unit])], 1e-6, 1e-6);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Threads_change_no_bit_and_units_draw_sequences_of_their_own(bool bidirectional)
    {
        SequenceDataset data = Data(100, 500);
        float[] expected = Drawn(data, 1);
        for (int threads = 2; threads <= 4; threads++)
            SameBits.Assert<float>(expected, Drawn(data, threads));
        float[] ofOne = Drawn(data.Subset([0]), 1);
        Assert.True(expected.Zip(ofOne, (a, b) => a == b).Count(equal => equal) < expected.Length / 10);

        float[] Drawn(SequenceDataset some, int threads)
        {
            using SequenceModel<float> model = Create("oscillator", bidirectional);
            using var workers = new Workers(threads);
            CountThresholds.Set(model, some, new Preprocessing(MissingValues.Refuse, 1), new SeededRandom(1), workers, default);
            return Thresholds(model);
        }
    }

    [Fact]
    public void A_model_that_counts_nothing_draws_nothing()
    {
        using var model = new SequenceModel<float>(new ModelSpec { Cell = "esn", InputSize = 1, Layers = [5], OutputSize = 1 });
        var random = new SeededRandom(4);
        using var workers = new Workers(1);
        CountThresholds.Set(model, Data(3, 5), new Preprocessing(MissingValues.Refuse, 1), random, workers, default);
        Assert.Equal(new SeededRandom(4).NextUInt64(), random.NextUInt64());
    }

    private static double Quantile(double[] sorted, double share)
    {
        double place = share * (sorted.Length - 1);
        int below = (int)Math.Floor(place), above = (int)Math.Ceiling(place);
        return sorted[below] + ((place - below) * (sorted[above] - sorted[below]));
    }

    private static float[] Thresholds(SequenceModel<float> model) =>
        model.Values.Span(((CountsReadout<float>)model.Readout).Thresholds).ToArray();

    private static SequenceModel<float> Create(string cell, bool bidirectional)
    {
        var model = new SequenceModel<float>(new ModelSpec
        {
            Cell = cell,
            InputSize = 1,
            Layers = [37],
            OutputSize = 2,
            Bidirectional = bidirectional,
            Readout = bidirectional ? Readout.CountsFull : Readout.Counts,
        });
        model.Initialize(WeightInitialization.Rotation, new SeededRandom(7), reservoir: ReservoirShape.Default with { MedianSteps = 30 });
        model.Pack(forTraining: false);
        return model;
    }

    private static SequenceDataset Data(int count, int steps)
    {
        var random = new SeededRandom(5);
        return new SequenceDataset(1, [], Enumerable.Range(0, count)
            .Select(i => new Sequence(Enumerable.Range(0, Math.Max(1, steps - i)).Select(_ => (float)random.NextNormal()).ToArray(), 1)));
    }
}
