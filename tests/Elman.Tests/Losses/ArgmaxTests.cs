using Elman.Losses;

namespace Elman.Tests.Losses;

public class ArgmaxTests
{
    [Theory]
    [InlineData(0, 7f)]
    [InlineData(1, 1f, 2f)]
    [InlineData(0, 2f, 1f)]
    [InlineData(2, -3f, -2f, -1f)]
    [InlineData(1, 0f, 5f, 5f, 5f)]
    [InlineData(0, 0f, -0f)]
    [InlineData(1, float.NegativeInfinity, float.MinValue)]
    public void It_is_the_first_of_the_largest(int expected, params float[] scores) => Assert.Equal(expected, Argmax.Of<float>(scores));
}
