using Elman.Cells;
using Elman.Models;
using Elman.Models.Streaming;

namespace Elman.Tests.Models;

public sealed class OscillatorInitializerTests
{
    private const int Units = 2000;

    [Theory]
    [InlineData(0.25, 400, 100)]
    [InlineData(0.25, 3, 2)]
    [InlineData(1, 30, 30)]
    public void Time_constants_reach_from_the_shortest_to_a_share_of_a_sequence_evenly_in_their_logarithms(
        double share, double steps, double longest)
    {
        using SequenceModel<double> model = Create(share, steps);
        (double[] re, double[] im) = (Vector(model, 0), Vector(model, 1));
        double[] taus = [.. re.Zip(im, (a, b) => -1 / Math.Log(Math.Sqrt((a * a) + (b * b)))).Order()];
        Assert.InRange(taus[0], 0.7 - 1e-9, 0.71);
        Assert.InRange(taus[^1], 0.98 * longest, longest + 1e-9);
        Assert.Equal(Math.Sqrt(0.7 * longest), taus[Units / 2], 0.15 * longest);
    }

    [Fact]
    public void Units_turn_by_at_most_half_a_turn_a_step_and_some_not_at_all()
    {
        using SequenceModel<double> model = Create(0.25, 400);
        double[] angles = [.. Vector(model, 0).Zip(Vector(model, 1), (re, im) => Math.Atan2(im, re))];
        Assert.InRange(angles.Count(angle => angle == 0) / (double)Units, 0.12, 0.18);
        Assert.All(angles, angle => Assert.InRange(angle, 0, Math.PI));
        Assert.InRange(angles.Count(angle => angle > 3.14159) / (double)Units, 0.01, 0.3);
    }

    [Fact]
    public void Half_of_the_units_have_a_second_stage_of_the_same_pole_and_every_output_has_a_phase()
    {
        using SequenceModel<double> model = Create(0.25, 400);
        for (int part = 0; part < 2; part++)
        {
            double[] first = Vector(model, part), second = Vector(model, 2 + part);
            Assert.All(second[..(Units / 2)], value => Assert.Equal(0, value));
            Assert.Equal(first[(Units / 2)..], second[(Units / 2)..]);
        }
        Assert.All(Vector(model, 4).Zip(Vector(model, 5)), c => Assert.Equal(1, (c.First * c.First) + (c.Second * c.Second), 1e-12));
        Assert.InRange(Vector(model, 4).Average(), -0.1, 0.1);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(40, 9)]
    public void A_unit_reads_a_few_of_the_inputs(int inputs, int most)
    {
        using SequenceModel<double> model = Create(0.25, 400, inputs);
        double[] wx = model.Values.Span(model.Layers[0].FromStart.Weights.Input).ToArray();
        int[] read = [.. Enumerable.Range(0, Units).Select(unit => Enumerable.Range(0, inputs).Count(i => wx[(i * Units) + unit] != 0))];
        Assert.Equal(Enumerable.Range(1, most), read.Distinct().Order());
        Assert.Equal(1, wx.Where(w => w != 0).Average(w => w * w), 0.1);
        Assert.All(Enumerable.Range(0, inputs), i => Assert.Contains(wx[(i * Units)..][..Units], w => w != 0));
    }

    [Fact]
    public void Silence_leaves_states_that_are_normal_numbers_and_as_good_as_zero()
    {
        using var model = new SequenceModel<float>(new ModelSpec { Cell = "oscillator", InputSize = 1, Layers = [200], OutputSize = 1 });
        model.Initialize(WeightInitialization.Rotation, new SeededRandom(7), reservoir: ReservoirShape.Default with { MedianSteps = 100 });
        model.Pack(forTraining: false);
        using var stream = new ModelStream<float>(model);
        stream.Step([1]);
        for (int t = 0; t < 20_000; t++)
        {
            stream.Step([0]);
            Assert.DoesNotContain(stream.Output.ToArray(), float.IsSubnormal);
        }
        Assert.All(stream.Output.ToArray(), y => Assert.InRange(y, -1e-20f, 1e-20f));
    }

    private static SequenceModel<double> Create(double share, double steps, int inputs = 3)
    {
        var model = new SequenceModel<double>(new ModelSpec { Cell = "oscillator", InputSize = inputs, Layers = [Units], OutputSize = 1 });
        model.Initialize(WeightInitialization.Rotation, new SeededRandom(7),
            reservoir: ReservoirShape.Default with { LongestMemory = share, MedianSteps = steps });
        return model;
    }

    private static double[] Vector(SequenceModel<double> model, int vector) =>
        model.Values.Span(model.Layers[0].FromStart.Weights.Diagonal!).Slice(vector * Units, Units).ToArray();
}
