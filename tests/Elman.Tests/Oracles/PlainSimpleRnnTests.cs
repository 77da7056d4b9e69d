using Elman.Tests.Fixtures;

namespace Elman.Tests.Oracles;

public class PlainSimpleRnnTests
{
    private const double Relative = 1e-12, Floor = 1e-14;

    public static TheoryData<string> Activations => [.. PlainActivation.All.Keys];

    [Theory]
    [MemberData(nameof(SimpleRnnFixture.Names), MemberType = typeof(SimpleRnnFixture))]
    public void The_last_state_and_the_probabilities_agree_with_NumPy(string name)
    {
        var (fixture, model, batch) = Start(name);
        var results = batch.Select(model.Forward).ToArray();
        Agree("last state", fixture.LastState, [.. results.SelectMany(result => result.States[^1])]);
        Agree("probabilities", fixture.Probabilities, [.. results.SelectMany(result => result.Probabilities)]);
    }

    [Theory]
    [MemberData(nameof(SimpleRnnFixture.Names), MemberType = typeof(SimpleRnnFixture))]
    public void The_gradients_agree_with_NumPy(string name)
    {
        var (fixture, model, batch) = Start(name);
        Agree(fixture.Gradients, model.Gradients(batch, fixture.Labels));
    }

    [Theory]
    [MemberData(nameof(SimpleRnnFixture.Names), MemberType = typeof(SimpleRnnFixture))]
    public void The_losses_and_the_weights_of_all_updates_agree_with_NumPy(string name)
    {
        var (fixture, model, batch) = Start(name);
        var losses = new double[SimpleRnnFixture.Updates];
        for (int i = 0; i < losses.Length; i++)
            losses[i] = model.Step(batch, fixture.Labels, SimpleRnnFixture.LearningRate);

        Agree("loss", [fixture.Loss], [losses[0]]);
        Agree("losses", fixture.Losses, losses);
        Agree(fixture.Trained, model.Weights);
    }

    [Fact]
    public void The_worked_example_ends_in_its_state()
    {
        var weights = PlainWeights.From(new SimpleRnnArrays(
            WorkedExample.Wx, WorkedExample.Wh, WorkedExample.B, new double[WorkedExample.Nodes], [0]));
        var model = new PlainSimpleRnn(PlainActivation.All["tanh"], weights);
        double[][] states = model.Forward([.. WorkedExample.Inputs.Chunk(WorkedExample.Features)]).States;
        Agree("last state", WorkedExample.LastState, states[^1]);
    }

    [Theory]
    [MemberData(nameof(Activations))]
    public void Central_differences_confirm_the_gradients_of_a_ragged_batch(string activation)
    {
        var numbers = new SplitMix64(17);
        var arrays = new SimpleRnnArrays(
            numbers.Even(1, 3 * 5), numbers.Even(0.5, 5 * 5), numbers.Even(1, 5), numbers.Even(2, 5 * 4), numbers.Even(1, 4));
        int[] steps = [3, 0, 7, 1];
        double[][][] batch = [.. steps.Select(count => numbers.Even(2, count * 3).Chunk(3).ToArray())];
        int[] labels = numbers.Below(4, steps.Length);
        double Loss() => new PlainSimpleRnn(PlainActivation.All[activation], PlainWeights.From(arrays)).Loss(batch, labels);

        var gradients = new PlainSimpleRnn(PlainActivation.All[activation], PlainWeights.From(arrays)).Gradients(batch, labels);
        foreach (var ((name, values), (_, expected)) in arrays.Named.Zip(gradients.ToArrays().Named))
            Close.Assert(name, expected, CentralDifferences(values, Loss), relative: 1e-7, floor: 1e-8);
    }

    [Fact]
    public void A_sequence_without_steps_is_evaluated_by_the_output_bias_alone()
    {
        var arrays = new SimpleRnnArrays([1], [1], [1], [1, 1], [0, Math.Log(3)]);
        var model = new PlainSimpleRnn(PlainActivation.All["tanh"], PlainWeights.From(arrays));
        Agree("probabilities", [0.25, 0.75], model.Forward([]).Probabilities);
    }

    [Fact]
    public void Large_logits_do_not_overflow_the_softmax()
    {
        var arrays = new SimpleRnnArrays([1], [1], [1], [1, 1], [1000, 1000]);
        var model = new PlainSimpleRnn(PlainActivation.All["tanh"], PlainWeights.From(arrays));
        Agree("probabilities", [0.5, 0.5], model.Forward([[1]]).Probabilities);
    }

    private static (SimpleRnnFixture Fixture, PlainSimpleRnn Model, double[][][] Batch) Start(string name)
    {
        var fixture = SimpleRnnFixture.Get(name);
        var model = new PlainSimpleRnn(PlainActivation.All[fixture.Activation], PlainWeights.From(fixture.Initial));
        return (fixture, model, [.. fixture.Inputs.Chunk(fixture.Features).Chunk(fixture.Steps)]);
    }

    private static double[] CentralDifferences(double[] values, Func<double> loss)
    {
        const double Step = 1.0 / (1 << 20);
        var differences = new double[values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            double kept = values[i];
            values[i] = kept + Step;
            double above = loss();
            values[i] = kept - Step;
            differences[i] = (above - loss()) / (2 * Step);
            values[i] = kept;
        }

        return differences;
    }

    private static void Agree(SimpleRnnArrays expected, PlainWeights actual)
    {
        foreach (var ((name, values), (_, found)) in expected.Named.Zip(actual.ToArrays().Named))
            Agree(name, values, found);
    }

    private static void Agree(string what, double[] expected, double[] actual) =>
        Close.Assert(what, expected, actual, Relative, Floor);
}
