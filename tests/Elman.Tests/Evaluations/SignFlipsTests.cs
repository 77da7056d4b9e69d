using Elman.Evaluations;

namespace Elman.Tests.Evaluations;

public sealed class SignFlipsTests
{
    [Theory]
    [InlineData(new double[] { 1, 1, 1, 1, 1 }, 2 / 32.0)]
    [InlineData(new double[] { -1, -2, -3 }, 2 / 8.0)]
    [InlineData(new double[] { 3, -1, 1 }, 6 / 8.0)]
    [InlineData(new double[] { 0, 0, 5 }, 1)]
    [InlineData(new double[] { 0.1, 0.2, -0.3 }, 1)]
    [InlineData(new double[] { 0, 0 }, 1)]
    public void The_p_value_is_the_share_of_the_choices_of_signs_that_are_as_far_from_zero(double[] differences, double expected) =>
        Assert.Equal(expected, SignFlips.PValue(differences));

    [Fact]
    public void Sixteen_units_are_few_and_seventeen_are_not() =>
        Assert.Equal((true, false), (SignFlips.AreFor(new double[16]), SignFlips.AreFor(new double[17])));
}
