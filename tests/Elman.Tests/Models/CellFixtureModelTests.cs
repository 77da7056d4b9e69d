using System.Numerics;
using Elman.Models;
using Elman.Tests.Fixtures;
using Elman.Tests.Oracles;

namespace Elman.Tests.Models;

/// <summary>
/// Models of every cell compared with results of PyTorch and NumPy in double precision: the same tests for both number types.
/// </summary>
public abstract class CellFixtureModelTests<T>(double relative, double floor)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    [Theory]
    [MemberData(nameof(CellFixture.Names), MemberType = typeof(CellFixture))]
    public void The_logits_agree(string name)
    {
        using var run = new CellFixtureRun<T>(name);
        Agree("logits", run.Fixture.Logits, run.Forward().Logits);
    }

    [Theory]
    [MemberData(nameof(CellFixture.Names), MemberType = typeof(CellFixture))]
    public void The_last_state_agrees(string name)
    {
        using var run = new CellFixtureRun<T>(name);
        Agree("h", run.Fixture.LastState, run.Forward().State);
    }

    [Theory]
    [MemberData(nameof(CellFixture.NamesWithMemory), MemberType = typeof(CellFixture))]
    public void The_last_memory_agrees(string name)
    {
        using var run = new CellFixtureRun<T>(name);
        Agree("c", run.Fixture.LastMemory, run.Forward().Memory);
    }

    [Theory]
    [MemberData(nameof(CellFixture.Names), MemberType = typeof(CellFixture))]
    public void The_loss_and_every_gradient_agree(string name)
    {
        using var run = new CellFixtureRun<T>(name);
        var (loss, gradients) = run.Differentiate();
        Agree("loss", [run.Fixture.Loss], [loss]);
        Agree(run.Fixture.Gradients, gradients);
    }

    [Theory]
    [MemberData(nameof(CellFixture.Names), MemberType = typeof(CellFixture))]
    public void The_losses_and_the_weights_of_all_updates_agree(string name)
    {
        using var run = new CellFixtureRun<T>(name);
        Agree("losses", run.Fixture.Losses, run.Train());
        Agree(run.Fixture.Trained, run.Weights);
    }

    private void Agree(IReadOnlyDictionary<string, double[]> expected, Dictionary<string, double[]> actual)
    {
        Assert.Equal(expected.Keys.Order(), actual.Keys.Order());
        foreach (var (tensor, values) in expected)
            Agree(tensor, values, actual[tensor]);
    }

    private void Agree(string what, double[] expected, double[] actual) => Close.Assert(what, expected, actual, relative, floor);
}

public sealed class DoubleCellFixtureModelTests() : CellFixtureModelTests<double>(relative: 1e-10, floor: 1e-13)
{
    [Theory]
    [MemberData(nameof(CellFixture.Names), MemberType = typeof(CellFixture))]
    public void The_weights_have_the_names_and_shapes_of_the_fixture(string name)
    {
        var fixture = CellFixture.Get(name);
        using var model = new SequenceModel<double>(fixture.Spec);
        Assert.Equal(
            fixture.Tensors.Select(tensor => $"{tensor.Name} [{string.Join(", ", tensor.Shape)}]"),
            model.Values.Layout.Slices.Select(slice => $"{slice.Name} [{string.Join(", ", slice.Shape)}]"));
    }
}

public sealed class FloatCellFixtureModelTests() : CellFixtureModelTests<float>(relative: 1e-5, floor: 1e-6);
