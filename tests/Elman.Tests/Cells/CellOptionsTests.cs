using Elman.Cells;

namespace Elman.Tests.Cells;

public class CellOptionsTests
{
    [Fact]
    public void The_defaults_are_in_order_and_none_is_changed()
    {
        Assert.Empty(CellOptions.Default.FindProblems());
        Assert.Empty(CellOptions.Default.Changed);
        Assert.Empty(new CellOptions { Activation = Activation.Parse("TANH") }.Changed);
    }

    [Fact]
    public void What_is_changed_is_named()
    {
        Assert.Equal([CellOption.Activation], new CellOptions { Activation = Activation.Relu }.Changed);
        Assert.Equal([CellOption.Activation], new CellOptions { Activation = Swish.Activation }.Changed);
        Assert.Equal([CellOption.GruReset], new CellOptions { GruReset = GruReset.Before }.Changed);
        Assert.Equal([CellOption.Peepholes], new CellOptions { Peepholes = true }.Changed);
        Assert.Equal([CellOption.CoupledGates], new CellOptions { CoupledGates = true }.Changed);
        Assert.Equal([CellOption.LeakRate], new CellOptions { LeakRate = 1 }.Changed);
        Assert.Equal([CellOption.GateClip], new CellOptions { GateClip = double.MaxValue }.Changed);
    }

    [Theory]
    [InlineData(double.Epsilon)]
    [InlineData(1)]
    [InlineData(double.MaxValue)]
    [InlineData(double.PositiveInfinity)]
    public void A_gate_clip_above_0_is_in_order(double clip) => Assert.Empty(new CellOptions { GateClip = clip }.FindProblems());

    [Theory]
    [InlineData(0, "GateClip is 0;")]
    [InlineData(-0.0, "GateClip is -0;")]
    [InlineData(-1.5, "GateClip is -1.5;")]
    [InlineData(double.NaN, "GateClip is NaN;")]
    [InlineData(double.NegativeInfinity, "GateClip is -Infinity;")]
    public void Any_other_gate_clip_is_named(double clip, string problem) =>
        Assert.StartsWith(problem, Assert.Single(new CellOptions { GateClip = clip }.FindProblems()), StringComparison.Ordinal);

    [Fact]
    public void All_that_is_wrong_is_named_at_once() =>
        Assert.Equal(
            ["Activation is missing.", "GruReset is 7, which is not a defined value.",
                "GateClip is 0; it must be above 0, or infinity for no limit."],
            new CellOptions { Activation = null!, GruReset = (GruReset)7, GateClip = 0 }.FindProblems());
}
