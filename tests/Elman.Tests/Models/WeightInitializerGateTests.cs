using Elman.Cells;
using Elman.Models;
using Elman.Packing;
using Elman.Recurrent;
using Elman.Tests.Recurrent;

namespace Elman.Tests.Models;

/// <summary>The initial weights of cells with gates.</summary>
public class WeightInitializerGateTests
{
    private const int Inputs = 30, Hidden = 12, Classes = 4;

    public static TheoryData<string> Variants => [.. CellVariants.Learning];

    public static TheoryData<string> RecurrentVariants => [.. CellVariants.WithRecurrentWeights.Intersect(CellVariants.Learning)];

    [Theory]
    [MemberData(nameof(RecurrentVariants))]
    public void Every_gate_has_a_matrix_of_its_own(string variant)
    {
        using SequenceModel<double> model = Create(variant, WeightInitialization.Orthogonal);
        double[][][] gates = Gates(model, model.Layers[0].FromStart.Weights.Recurrent!);
        foreach (double[][] w in gates)
            for (int i = 0; i < w.Length; i++)
                for (int j = 0; j < w.Length; j++)
                    Assert.Equal(i == j ? 1 : 0, w[i].Zip(w[j], (a, b) => a * b).Sum(), 1e-13);
        Assert.Equal(gates.Length, gates.Select(w => w[0][0]).Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void Every_gates_input_weights_fill_the_range_of_one_gate(string variant)
    {
        using SequenceModel<double> model = Create(variant, WeightInitialization.Rotation);
        double limit = Math.Sqrt(6.0 / (Inputs + Hidden));
        foreach (double[][] w in Gates(model, model.Layers[0].FromStart.Weights.Input))
        {
            Assert.All(w.SelectMany(row => row), x => Assert.InRange(x, -limit, limit));
            Assert.Equal(1.0 / 3, w.SelectMany(row => row).Average(x => x * x) / (limit * limit), 0.1);
        }
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void All_that_is_not_a_matrix_is_0_but_the_bias_of_the_forget_gate_even_where_it_was_not(string variant)
    {
        using SequenceModel<double> model = Create(variant, WeightInitialization.Glorot);
        foreach (ParameterSlice slice in model.Values.Layout.Slices)
            model.Values.Span(slice).Fill(7);
        model.Initialize(WeightInitialization.Glorot, new SeededRandom(1), forgetBias: 2.5);

        double[] bias = model.Values.Span(model.Layers[0].FromStart.Weights.Bias).ToArray();
        if (model.Layers[0].FromStart.Weights.ForgetGate is { } forget)
        {
            Assert.All(bias.AsSpan(forget.Index * Hidden, Hidden).ToArray(), b => Assert.Equal(forget.Sign * 2.5, b));
            bias.AsSpan(forget.Index * Hidden, Hidden).Clear();
        }
        Assert.All(bias, b => Assert.Equal(0, b));
        HashSet<ParameterSlice?> drawn = [model.Layers[0].FromStart.Weights.Input, model.Layers[0].FromStart.Weights.Recurrent,
            model.Layers[0].FromStart.Weights.Bias, model.Output.Weights];
        if (model.Layers[0].FromStart.Weights.DiagonalRole == DiagonalWeightRole.Recurrence)
            drawn.Add(model.Layers[0].FromStart.Weights.Diagonal);
        drawn.UnionWith(model.Layers[0].FromStart.Matrices);
        drawn.UnionWith(model.Values.Layout.Slices.Where(slice => slice.Name is "rnn.0.nu" or "rnn.0.theta" or "rnn.0.gamma"));
        foreach (ParameterSlice slice in model.Values.Layout.Slices.Where(slice => !drawn.Contains(slice)))
            Assert.All(
                model.Values.Span(slice).ToArray(), w => Assert.Equal(slice.Name.Contains(".norm", StringComparison.Ordinal) ? 1 : 0, w));
    }

    [Fact]
    public void Weights_that_carry_a_state_on_are_drawn_from_0_to_1()
    {
        using var model = new SequenceModel<double>(new ModelSpec { Cell = "indrnn", InputSize = 1, Layers = [2000], OutputSize = 1 });
        model.Initialize(WeightInitialization.Rotation, new SeededRandom(3));
        double[] weights = model.Values.Span(model.Layers[0].FromStart.Weights.Diagonal!).ToArray();
        Assert.All(weights, w => Assert.InRange(w, 0, 1));
        Assert.Equal(0.5, weights.Average(), 0.035); // five standard deviations
    }

    [Fact]
    public void A_linear_recurrent_unit_has_decays_and_angles_on_every_scale_of_time_and_states_as_large_as_inputs()
    {
        using var model = new SequenceModel<double>(new ModelSpec { Cell = "lru", InputSize = 1, Layers = [2000], OutputSize = 1 });
        model.Initialize(WeightInitialization.Rotation, new SeededRandom(3));
        double[][] values = [.. new[] { "nu", "theta", "gamma" }.Select(name => model.Values
            .Span(model.Values.Layout.Slices.Single(slice => slice.Name == $"rnn.0.{name}")).ToArray().Select(Math.Exp).ToArray())];
        AssertEven(values[0], 0.001, 0.1);
        AssertEven(values[1], 0.001 * Math.PI, Math.PI);
        Assert.All(values[0].Zip(values[2]), pair => Assert.Equal(1, Math.Exp(-2 * pair.First) + (pair.Second * pair.Second), 1e-12));

        static void AssertEven(double[] numbers, double least, double greatest)
        {
            Assert.All(numbers, x => Assert.InRange(x, least * (1 - 1e-12), greatest * (1 + 1e-12)));
            Assert.Equal(0.5, numbers.Average(x => Math.Log(x / least) / Math.Log(greatest / least)), 0.035); // five standard deviations
        }
    }

    [Fact]
    public void A_matrix_with_more_rows_than_columns_has_orthonormal_columns()
    {
        using var model = new SequenceModel<double>(
            new ModelSpec { Cell = new LstmOptions { Projection = 9 }, InputSize = 1, Layers = [4], OutputSize = 1 });
        model.Initialize(WeightInitialization.Orthogonal, new SeededRandom(3));
        double[] wh = model.Values.Span(model.Layers[0].FromStart.Weights.Recurrent!).ToArray(); // [9, 4·4]
        for (int i = 0; i < 4; i++)
            for (int j = 0; j < 4; j++)
                Assert.Equal(i == j ? 1 : 0, Enumerable.Range(0, 9).Sum(row => wh[(row * 16) + i] * wh[(row * 16) + j]), 1e-13);
    }

    [Fact]
    public void Initial_gate_weights_are_limited()
    {
        using var model = new SequenceModel<double>(
            new ModelSpec { Cell = "indrnn", InputSize = 1, Layers = [3], Bidirectional = true, OutputSize = 1 });
        foreach (RecurrentLayer<double> layer in model.RecurrentLayers)
        {
            new[] { -3.0, 0.25, 1.5 }.CopyTo(model.Values.Span(layer.Weights.Diagonal!));
            model.Values.Span(layer.Weights.Bias).Fill(9);
        }
        model.LimitRecurrence(steps: 10);
        double limit = Math.Pow(2, 0.1);
        foreach (RecurrentLayer<double> layer in model.RecurrentLayers)
        {
            Assert.Equal([-limit, 0.25, limit], model.Values.Span(layer.Weights.Diagonal!).ToArray());
            Assert.All(model.Values.Span(layer.Weights.Bias).ToArray(), b => Assert.Equal(9, b));
        }
    }

    [Theory]
    [InlineData("rnn", null, 0)]
    [InlineData("gru", null, 0)]
    [InlineData("lstm", 1, 1)]
    [InlineData("lstm Peepholes", 1, 1)]
    [InlineData("lstm CoupledGates", 0, -1)]
    [InlineData("mingru", 0, -1)]
    [InlineData("minlstm", 0, 1)]
    public void The_forget_gate_is_the_one_of_the_cell(string variant, int? index, int sign)
    {
        using SequenceModel<double> model = Create(variant, WeightInitialization.Glorot);
        Assert.Equal(index is int i ? new ForgetGate(i, sign) : null, model.Layers[0].FromStart.Weights.ForgetGate);
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void The_forget_bias_is_1_unless_chosen_and_moves_no_other_weight(string variant)
    {
        using SequenceModel<double> unset = Create(variant, WeightInitialization.Rotation),
            one = Create(variant, WeightInitialization.Rotation), other = Create(variant, WeightInitialization.Rotation);
        one.Initialize(WeightInitialization.Rotation, new SeededRandom(1), forgetBias: 1);
        other.Initialize(WeightInitialization.Rotation, new SeededRandom(1), forgetBias: -3);
        Assert.Equal(unset.Values.Buffer.Span, one.Values.Buffer.Span);
        int changed = unset.Values.Buffer.Span.ToArray().Zip(other.Values.Buffer.Span.ToArray()).Count(pair => pair.First != pair.Second);
        Assert.Equal(unset.Layers[0].FromStart.Weights.ForgetGate is null ? 0 : Hidden, changed);
    }

    private static SequenceModel<double> Create(string variant, WeightInitialization how)
    {
        var model = new SequenceModel<double>(
            (CellVariants.Options(variant) with { Model = new() { Layers = [Hidden] } }).SpecFor(Inputs, Classes));
        model.Initialize(how, new SeededRandom(1));
        return model;
    }

    /// <summary>Returns the matrices that are next to each other in <c>[rows, G·H]</c>.</summary>
    private static double[][][] Gates(SequenceModel<double> model, ParameterSlice slice)
    {
        double[][] rows = [.. model.Values.Span(slice).ToArray().Chunk(slice.Shape[1])];
        return [.. Enumerable.Range(0, slice.Shape[1] / Hidden)
            .Select(gate => rows.Select(row => row[(gate * Hidden)..((gate + 1) * Hidden)]).ToArray())];
    }
}
