using System.Numerics;
using Elman.Cells;
using Elman.Kernels;
using Elman.Tests.Recurrent;

namespace Elman.Tests.Cells;

public sealed class ActivationTests
{
    public static TheoryData<string> Names => [.. Activation.BuiltInNames, "leaky-relu(0.3)", "elu(0.5)", "hard-sigmoid(0.3, 0.4)",
        "scaled-tanh(1.2, 0.8)", "affine(0.7, 0.2)", "thresholded-relu(0.2)"];

    public static TheoryData<string, string> CellsAndNames =>
        new MatrixTheoryData<string, string>(["gru", "gru GruReset", "lstm"], Names.Select(row => (string)row.Data));

    [Theory]
    [MemberData(nameof(Names))]
    public void Back_propagation_uses_the_derivative_of_the_activation_in_use(string name)
    {
        using var c = ContractCase<double>.Create("rnn", 3, 5, [4, 7, 1, 6], activation: Activation.Parse(name));
        CentralDifferences.Check(c);
    }

    [Theory]
    [MemberData(nameof(CellsAndNames))]
    public void So_it_does_in_every_gate(string cell, string name)
    {
        var function = Activation.Parse(name);
        using var c = ContractCase<double>.Create(cell, 3, 5, [4, 7, 1, 6], options: options => options
            .Set(nameof(LstmOptions.GateActivation), function).Set(nameof(LstmOptions.CandidateActivation), function)
            .Set(nameof(LstmOptions.OutputActivation), function));
        CentralDifferences.Check(c);
    }

    [Fact]
    public void A_function_of_ones_own_is_differentiated_like_any_other()
    {
        using var c = ContractCase<double>.Create("rnn", 3, 5, [4, 7, 1, 6], activation: Activation.Custom("swish", new Swish()));
        CentralDifferences.Check(c);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_text_form_names_the_same_function(string name)
    {
        Activation activation = Activation.Parse(name);
        Assert.Equal(activation.Name, Activation.Parse(activation.Name).Name);
        Assert.False(activation.IsCustom);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Built_in_functions_are_equal_by_name_and_parameters(string name)
    {
        Assert.Equal(Activation.Parse(name), Activation.Parse(name));
        Assert.Equal(Activation.Parse(name).GetHashCode(), Activation.Parse(name).GetHashCode());
        Assert.All(Names.Select(row => (string)row.Data).Where(other => other != name),
            other => Assert.NotEqual(Activation.Parse(other), Activation.Parse(name)));
    }

    [Fact]
    public void Equal_functions_have_the_same_hash_though_zero_has_two_signs()
    {
        Assert.Equal(Activation.HardSigmoid(0.2, 0.0), Activation.HardSigmoid(0.2, -0.0));
        Assert.Equal(Activation.HardSigmoid(0.2, 0.0).GetHashCode(), Activation.HardSigmoid(0.2, -0.0).GetHashCode());
    }

    [Fact]
    public void A_function_of_ones_own_equals_itself_alone()
    {
        Activation swish = Activation.Custom("swish", new Swish());
        Assert.Equal(swish, swish);
        Assert.NotEqual(swish, Activation.Custom("swish", new Swish()));
    }

    [Fact]
    public void A_function_of_ones_own_is_refused_in_gates()
    {
        Activation swish = Activation.Custom("swish", new Swish());
        Assert.Equal(
            [.. new[] { "GateActivation", "CandidateActivation", "OutputActivation" }
                .Select(name => $"{name} is 'swish', a custom function; gates accept built-in functions, only Activation accepts custom "
                    + "ones.")],
            new LstmOptions { GateActivation = swish, CandidateActivation = swish, OutputActivation = swish }.FindProblems());
    }

    [Theory]
    [InlineData("")]
    [InlineData("tan")]
    [InlineData("tanh(1)")]
    [InlineData("elu(1")]
    [InlineData("elu(x)")]
    [InlineData("elu(NaN)")]
    [InlineData("elu(1e999)")]
    [InlineData("hard-sigmoid(1,2,3)")]
    [InlineData("scaled-tanh(0)")]
    [InlineData("affine(1,2,3)")]
    [InlineData("thresholded-relu(1,2)")]
    public void A_text_that_names_no_function_is_refused(string text) =>
        Assert.Contains($"'{text}'", Assert.Throws<FormatException>(() => Activation.Parse(text)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("tanh")]
    [InlineData("ELU")]
    [InlineData("mine(2)")]
    public void A_custom_function_may_not_take_the_name_of_another(string name) =>
        Assert.Throws<ArgumentException>(() => Activation.Custom(name, new Swish()));

    [Fact]
    public void Parameters_must_be_finite()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Activation.LeakyRelu(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => Activation.ScaledTanh(0));
    }

    private readonly struct Swish : IActivation
    {
        public V Value<V, T>(V a)
            where V : unmanaged, ILane<V, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T> => a * Functions.Sigmoid<V, T>(a);

        public V Derivative<V, T>(V a, V y)
            where V : unmanaged, ILane<V, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T> => y + (Functions.Sigmoid<V, T>(a) * (V.Constant(1) - y));
    }
}
