using System.Numerics;
using System.Numerics.Tensors;
using Elman.Tests.Fixtures;

namespace Elman.Tests;

/// <summary>A from-scratch classifier small enough for a test of a thousand passes, and four sequences for it.</summary>
public static class SmallRnn
{
    public const int Features = 3, Nodes = 5, Classes = 4, Batch = 4, Steps = 6;

    /// <summary>Returns the classifier, with weights so large that every activation is used in its nonlinear range.</summary>
    public static SimpleRnnClassifier<T> Create<T>(Activation? activation = null, double learningRate = 0.01)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var numbers = new SplitMix64(17);
        var arrays = new SimpleRnnArrays(
            numbers.Even(1, Features * Nodes), numbers.Even(0.5, Nodes * Nodes), numbers.Even(1, Nodes),
            numbers.Even(2, Nodes * Classes), numbers.Even(1, Classes));
        return new SimpleRnnClassifier<T>(Features, Nodes, Classes, activation, learningRate)
        {
            Weights = FixtureRun<T>.Weights(arrays, Features, Nodes, Classes),
        };
    }

    /// <summary>[batch, steps, features].</summary>
    public static Tensor<T> X<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        DenseTensor.Of<T>(new SplitMix64(18).Even(2, Batch * Steps * Features), Batch, Steps, Features);

    /// <summary>One-hot, [batch, classes]; class 3 does not occur.</summary>
    public static Tensor<T> Y<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        DenseTensor.OneHot<T>([2, 0, 1, 0], Classes);

    /// <summary>Returns all weights one after the other.</summary>
    public static T[] All<T>(SimpleRnnWeights<T> weights) =>
        [.. weights.Wx, .. weights.Wh, .. weights.B, .. weights.WOut, .. weights.BOut];
}
