using System.Numerics.Tensors;
using Elman.Tests.Fixtures;

namespace Elman.Tests;

public class SimpleRnnClassifierShapeTests
{
    public static TheoryData<int[]> WrongSequences =>
        [.. (int[][])[[18], [6, 3], [4, 6, 2], [4, 6, 4], [0, 6, 3], [4, 0, 3], [0, 0, 0], [1, 4, 6, 3]]];

    public static TheoryData<int[]> WrongTargets => [.. (int[][])[[16], [4, 3], [4, 5], [3, 4], [5, 4], [0, 4], [4, 4, 1]]];

    [Theory]
    [MemberData(nameof(WrongSequences))]
    public void Every_method_refuses_sequences_of_another_shape(int[] shape)
    {
        using var classifier = SmallRnn.Create<float>();
        Tensor<float> x = Zeros(shape), y = SmallRnn.Y<float>();
        string given = $"x is [{string.Join(", ", shape)}]; it must be [batch, steps, 3]";
        foreach (Action call in (Action[])
        [
            () => classifier.Forward(x), () => classifier.LastState(x), () => classifier.Predict(x),
            () => classifier.PredictProbabilities(x),
            () => classifier.Gradients(x, y, y), () => classifier.Backward(x, y, y), () => classifier.Score(x, y),
            () => classifier.Fit(x, y),
        ])
        {
            Assert.StartsWith(given, Assert.Throws<ArgumentException>("x", call).Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(WrongTargets))]
    public void Every_method_refuses_targets_of_another_shape(int[] shape)
    {
        using var classifier = SmallRnn.Create<float>();
        Tensor<float> x = SmallRnn.X<float>(), y = SmallRnn.Y<float>(), wrong = Zeros(shape);
        foreach (Action call in (Action[])
            [() => classifier.Gradients(x, wrong, y), () => classifier.Backward(x, wrong, y), () => classifier.Score(x, wrong),
                () => classifier.Fit(x, wrong)])
        {
            Assert.Contains("must be [4, 4]", Assert.Throws<ArgumentException>("yTrue", call).Message, StringComparison.Ordinal);
        }
        Assert.Throws<ArgumentException>("yPred", () => classifier.Gradients(x, y, wrong));
        Assert.Throws<ArgumentException>("yPred", () => classifier.Backward(x, y, wrong));
    }

    [Theory]
    [InlineData("Wx", 1)]
    [InlineData("Wh", 2)]
    [InlineData("B", 3)]
    [InlineData("WOut", 4)]
    [InlineData("BOut", 5)]
    public void Weights_of_another_shape_are_refused_by_name_and_none_is_taken(string name, int which)
    {
        using var classifier = SmallRnn.Create<float>();
        float[] before = SmallRnn.All(classifier.Weights);
        int[] sizes = [3 * 5, 5 * 5, 5, 5 * 4, 4];
        Tensor<float>[] tensors = [.. sizes.Select((size, i) => Tensor.Create(new float[size], i switch
        {
            0 => [3, 5],
            1 => [5, 5],
            3 => (nint[])[5, 4],
            _ => [size],
        }))];
        tensors[which - 1] = Zeros(2, 2);

        var weights = new SimpleRnnWeights<float>(tensors[0], tensors[1], tensors[2], tensors[3], tensors[4]);
        var e = Assert.Throws<ArgumentException>("value", () => classifier.Weights = weights);
        Assert.StartsWith($"{name} is [2, 2]; it must be [", e.Message, StringComparison.Ordinal);
        Assert.Equal(before, SmallRnn.All(classifier.Weights));
    }

    [Fact]
    public void Missing_weights_are_refused()
    {
        using var classifier = SmallRnn.Create<float>();
        Assert.Throws<ArgumentNullException>("value", () => classifier.Weights = null!);
        Assert.Throws<ArgumentException>("value", () => classifier.Weights = classifier.Weights with { Wh = null! });
    }

    [Fact]
    public void A_transposed_tensor_of_weights_is_taken_as_it_reads()
    {
        using var classifier = SmallRnn.Create<float>();
        Tensor<float> transposed = Tensor.PermuteDimensions<float>(classifier.Weights.Wh, [1, 0]);
        classifier.Weights = classifier.Weights with { Wh = transposed };
        Assert.Equal(transposed, classifier.Weights.Wh);
    }

    [Fact]
    public void Batches_may_grow_and_shrink_from_call_to_call()
    {
        using var used = SmallRnn.Create<double>();
        foreach ((int batch, int steps) in (ReadOnlySpan<(int, int)>)[(1, 1), (9, 30), (2, 3), (33, 2), (1, 1)])
        {
            Tensor<double> x = DenseTensor.Of<double>(new SplitMix64(5).Even(2, batch * steps * 3), batch, steps, 3);
            Tensor<double> y = DenseTensor.OneHot<double>(new SplitMix64(6).Below(4, batch), 4);
            using var fresh = SmallRnn.Create<double>();
            Assert.Equal(
                SmallRnn.All(fresh.Gradients(x, y, fresh.Forward(x))),
                SmallRnn.All(used.Gradients(x, y, used.Forward(x))));
        }
    }

    private static Tensor<float> Zeros(params int[] shape) => Tensor.CreateFromShape<float>([.. shape.Select(length => (nint)length)]);
}
