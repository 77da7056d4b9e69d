using System.Numerics;
using System.Numerics.Tensors;
using Elman.Tests.Fixtures;

namespace Elman.Tests;

/// <summary>A classifier with the initial weights of a fixture, and the fixture's batch as tensors.</summary>
public sealed class FixtureRun<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public FixtureRun(string name)
    {
        Fixture = SimpleRnnFixture.Get(name);
        (int features, int nodes, int outputs) = (Fixture.Features, Fixture.Nodes, Fixture.Outputs);
        Classifier = new SimpleRnnClassifier<T>(
            features, nodes, outputs, Activation.Parse(Fixture.Activation), SimpleRnnFixture.LearningRate)
        {
            Weights = Weights(Fixture.Initial, features, nodes, outputs),
        };
        X = DenseTensor.Of<T>(Fixture.Inputs, Fixture.Batch, Fixture.Steps, features);
        Y = DenseTensor.OneHot<T>(Fixture.Labels, outputs);
    }

    public SimpleRnnFixture Fixture { get; }

    public SimpleRnnClassifier<T> Classifier { get; }

    /// <summary>[batch, steps, features].</summary>
    public Tensor<T> X { get; }

    /// <summary>[batch, outputs].</summary>
    public Tensor<T> Y { get; }

    public static SimpleRnnWeights<T> Weights(SimpleRnnArrays arrays, int features, int nodes, int outputs) => new(
        DenseTensor.Of<T>(arrays.Wx, features, nodes),
        DenseTensor.Of<T>(arrays.Wh, nodes, nodes),
        DenseTensor.Of<T>(arrays.B, nodes),
        DenseTensor.Of<T>(arrays.WOut, nodes, outputs),
        DenseTensor.Of<T>(arrays.BOut, outputs));

    public void Dispose() => Classifier.Dispose();
}
