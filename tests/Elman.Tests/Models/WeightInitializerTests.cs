using Elman.Models;

namespace Elman.Tests.Models;

public class WeightInitializerTests
{
    private const int Inputs = 30, Hidden = 40, Classes = 20;

    public static TheoryData<WeightInitialization> Ways => [.. Enum.GetValues<WeightInitialization>()];

    [Theory]
    [InlineData(WeightInitialization.Orthogonal)]
    [InlineData(WeightInitialization.Rotation)]
    public void Orthogonal_recurrent_weights_have_orthonormal_rows_and_columns(WeightInitialization how)
    {
        double[][] w = [.. Recurrent(how).Chunk(Hidden)];
        for (int i = 0; i < Hidden; i++)
        {
            for (int j = 0; j < Hidden; j++)
            {
                Assert.Equal(i == j ? 1 : 0, w[i].Zip(w[j], (a, b) => a * b).Sum(), 1e-13);
                Assert.Equal(i == j ? 1 : 0, w.Sum(row => row[i] * row[j]), 1e-13);
            }
        }
    }

    [Fact]
    public void Rotation_leans_towards_the_identity_and_orthogonal_does_not()
    {
        static double Diagonal(WeightInitialization how) => Recurrent(how).Where((_, i) => i % (Hidden + 1) == 0).Average();
        Assert.InRange(Diagonal(WeightInitialization.Rotation), 0.4, 0.95);
        Assert.InRange(Diagonal(WeightInitialization.Orthogonal), -0.1, 0.1);
    }

    [Fact]
    public void Identity_recurrent_weights_are_the_identity() =>
        Assert.Equal(
            Enumerable.Range(0, Hidden * Hidden).Select(i => i % (Hidden + 1) == 0 ? 1.0 : 0), Recurrent(WeightInitialization.Identity));

    [Fact]
    public void Glorot_recurrent_weights_are_uniform_up_to_their_limit() =>
        AssertUniform(Recurrent(WeightInitialization.Glorot), Math.Sqrt(6.0 / (Hidden + Hidden)));

    [Theory]
    [InlineData(WeightInitialization.Rotation)]
    [InlineData(WeightInitialization.Orthogonal)]
    [InlineData(WeightInitialization.Identity)]
    [InlineData(WeightInitialization.Glorot)]
    public void All_other_weights_are_uniform_up_to_their_limit(WeightInitialization how)
    {
        using SequenceModel<double> model = Create(how);
        AssertUniform(model.Values.Span(model.Layers[0].FromStart.Weights.Input).ToArray(), Math.Sqrt(6.0 / (Inputs + Hidden)));
        AssertUniform(model.Values.Span(model.Output.Weights).ToArray(), Math.Sqrt(6.0 / (Hidden + Classes)));
    }

    [Fact]
    public void Origin_weights_are_small_and_normal()
    {
        double[] w = Recurrent(WeightInitialization.Origin);
        Assert.Equal(0.01, Math.Sqrt(w.Average(x => x * x)), 0.0005);
        Assert.Equal(0.683, w.Count(x => Math.Abs(x) < 0.01) / (double)w.Length, 0.04);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void Biases_are_0_even_where_they_were_not(WeightInitialization how)
    {
        using SequenceModel<double> model = Create(how);
        model.Values.Span(model.Layers[0].FromStart.Weights.Bias).Fill(1);
        model.Values.Span(model.Output.Bias).Fill(1);
        model.Initialize(how, new SeededRandom(2));
        Assert.All(model.Values.Span(model.Layers[0].FromStart.Weights.Bias).ToArray(), bias => Assert.Equal(0, bias));
        Assert.All(model.Values.Span(model.Output.Bias).ToArray(), bias => Assert.Equal(0, bias));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void The_seed_fixes_every_weight_and_float_has_the_same_rounded(WeightInitialization how)
    {
        using SequenceModel<double> one = Create(how), same = Create(how);
        using var narrow = new SequenceModel<float>(one.Spec);
        narrow.Initialize(how, new SeededRandom(1));
        Assert.Equal(one.Values.Buffer.Span, same.Values.Buffer.Span);
        Assert.Equal(one.Values.Buffer.Span.ToArray().Select(w => (float)w), narrow.Values.Buffer.Span.ToArray());
    }

    [Fact]
    public void A_layer_of_one_unit_has_its_sign() =>
        Assert.All(Enum.GetValues<WeightInitialization>(), how =>
        {
            using var model = new SequenceModel<double>(new ModelSpec { InputSize = 1, Layers = [1], OutputSize = 1 });
            model.Initialize(how, new SeededRandom(3));
            Assert.True(how is not WeightInitialization.Orthogonal
                || Math.Abs(Math.Abs(model.Values.Span(model.Layers[0].FromStart.Weights.Recurrent!)[0]) - 1) < 1e-15);
        });

    private static SequenceModel<double> Create(WeightInitialization how)
    {
        var model = new SequenceModel<double>(new ModelSpec { InputSize = Inputs, Layers = [Hidden], OutputSize = Classes });
        model.Initialize(how, new SeededRandom(1));
        return model;
    }

    private static double[] Recurrent(WeightInitialization how)
    {
        using SequenceModel<double> model = Create(how);
        return model.Values.Span(model.Layers[0].FromStart.Weights.Recurrent!).ToArray();
    }

    private static void AssertUniform(double[] weights, double limit)
    {
        Assert.All(weights, w => Assert.InRange(w, -limit, limit));
        Assert.Equal(0, weights.Average() / limit, 0.1);
        Assert.Equal(1.0 / 3, weights.Average(w => w * w) / (limit * limit), 0.04);
    }
}
