using System.Numerics.Tensors;
using Elman.Tests.Oracles;

namespace Elman.Tests;

public class SimpleRnnClassifierGradientTests
{
    public static TheoryData<string> Activations =>
        [.. Activation.BuiltInNames, "elu(0.7)", "leaky-relu(0.3)", "hard-sigmoid(0.3, 0.4)", "scaled-tanh(1.2, 0.9)", "swish"];

    [Theory]
    [MemberData(nameof(Activations))]
    public void Central_differences_confirm_every_gradient(string activation)
    {
        using var classifier = SmallRnn.Create<double>(activation == "swish" ? Swish.Activation : Activation.Parse(activation));
        Tensor<double> x = SmallRnn.X<double>(), y = SmallRnn.Y<double>();
        SimpleRnnWeights<double> gradients = classifier.Gradients(x, y, classifier.Forward(x)), weights = classifier.Weights;

        foreach (var (name, tensor, expected) in new[]
        {
            ("Wx", weights.Wx, gradients.Wx), ("Wh", weights.Wh, gradients.Wh), ("B", weights.B, gradients.B),
            ("WOut", weights.WOut, gradients.WOut), ("BOut", weights.BOut, gradients.BOut),
        })
        {
            Close.Assert(
                name, CentralDifferences(tensor, () => Loss(classifier, weights, x, y)), [.. expected], relative: 1e-7, floor: 1e-8);
        }
    }

    [Fact]
    public void Gradients_leave_the_weights_alone()
    {
        using var classifier = SmallRnn.Create<double>();
        double[] before = SmallRnn.All(classifier.Weights);
        Tensor<double> x = SmallRnn.X<double>();
        _ = classifier.Gradients(x, SmallRnn.Y<double>(), classifier.Forward(x));
        Assert.Equal(before, SmallRnn.All(classifier.Weights));
    }

    [Fact]
    public void A_prediction_that_is_the_target_has_no_gradient()
    {
        using var classifier = SmallRnn.Create<double>();
        Tensor<double> y = SmallRnn.Y<double>();
        Assert.All(SmallRnn.All(classifier.Gradients(SmallRnn.X<double>(), y, y)), gradient => Assert.Equal(0, gradient));
    }

    private static double Loss(SimpleRnnClassifier<double> classifier, SimpleRnnWeights<double> weights, Tensor<double> x, Tensor<double> y)
    {
        classifier.Weights = weights;
        return y.Zip(classifier.Forward(x), (target, p) => -target * Math.Log(p)).Sum() / SmallRnn.Batch;
    }

    private static double[] CentralDifferences(Tensor<double> weights, Func<double> loss)
    {
        const double Step = 1.0 / (1 << 18);
        var differences = new List<double>();
        Span<nint> place = stackalloc nint[weights.Rank];
        for (nint i = 0; i < weights.FlattenedLength; i++)
        {
            place[^1] = weights.Rank == 1 ? i : i % weights.Lengths[1];
            place[0] = weights.Rank == 1 ? i : i / weights.Lengths[1];
            double kept = weights[place];
            weights[place] = kept + Step;
            double above = loss();
            weights[place] = kept - Step;
            differences.Add((above - loss()) / (2 * Step));
            weights[place] = kept;
        }
        return [.. differences];
    }
}
