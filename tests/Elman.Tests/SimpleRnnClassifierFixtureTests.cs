using System.Numerics;
using Elman.Tests.Fixtures;
using Elman.Tests.Oracles;

namespace Elman.Tests;

/// <summary>The classifier compared with results of NumPy in double precision: the same tests for both number types.</summary>
public abstract class SimpleRnnClassifierFixtureTests<T>(double relative, double floor)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    [Theory]
    [MemberData(nameof(SimpleRnnFixture.Names), MemberType = typeof(SimpleRnnFixture))]
    public void The_probabilities_agree(string name)
    {
        using var run = new FixtureRun<T>(name);
        Agree("probabilities", run.Fixture.Probabilities, run.Classifier.Forward(run.X));
    }

    [Theory]
    [MemberData(nameof(SimpleRnnFixture.Names), MemberType = typeof(SimpleRnnFixture))]
    public void The_last_state_agrees(string name)
    {
        using var run = new FixtureRun<T>(name);
        Agree("last state", run.Fixture.LastState, run.Classifier.LastState(run.X));
    }

    [Theory]
    [MemberData(nameof(SimpleRnnFixture.Names), MemberType = typeof(SimpleRnnFixture))]
    public void Every_gradient_agrees(string name)
    {
        using var run = new FixtureRun<T>(name);
        Agree(run.Fixture.Gradients, run.Classifier.Gradients(run.X, run.Y, run.Classifier.Forward(run.X)));
    }

    [Theory]
    [MemberData(nameof(SimpleRnnFixture.Names), MemberType = typeof(SimpleRnnFixture))]
    public void The_losses_and_the_weights_of_all_updates_agree(string name)
    {
        using var run = new FixtureRun<T>(name);
        var losses = new double[SimpleRnnFixture.Updates];
        for (int i = 0; i < losses.Length; i++)
            losses[i] = double.CreateChecked(run.Classifier.Backward(run.X, run.Y, run.Classifier.Forward(run.X)));

        Close.Assert("first loss", [run.Fixture.Loss], [losses[0]], relative, floor);
        Close.Assert("losses", run.Fixture.Losses, losses, relative, floor);
        Agree(run.Fixture.Trained, run.Classifier.Weights);
    }

    // The arrays of a layer are compared on one scale: the gradient of a bias is the same sum as that of its weights, with inputs of 1, and
    // if all terms of a small gradient cancelled, its size says nothing about the terms.
    private void Agree(SimpleRnnArrays expected, SimpleRnnWeights<T> actual)
    {
        Agree("Wx, Wh, B", [.. expected.Wx, .. expected.Wh, .. expected.B], [.. actual.Wx, .. actual.Wh, .. actual.B]);
        Agree("WOut, BOut", [.. expected.WOut, .. expected.BOut], [.. actual.WOut, .. actual.BOut]);
    }

    private void Agree(string what, double[] expected, IEnumerable<T> actual) =>
        Close.Assert(what, expected, [.. actual.Select(double.CreateChecked)], relative, floor);
}

public sealed class DoubleSimpleRnnClassifierFixtureTests() : SimpleRnnClassifierFixtureTests<double>(relative: 1e-12, floor: 1e-14);

public sealed class FloatSimpleRnnClassifierFixtureTests() : SimpleRnnClassifierFixtureTests<float>(relative: 1e-5, floor: 1e-6);
