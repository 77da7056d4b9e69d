using System.Numerics;
using Elman.Recurrent;

namespace Elman.Tests.Recurrent;

/// <summary>λ of a linear recurrent unit, computed from the trained parameters.</summary>
public class LruLayerTests
{
    private const int Places = 200;

    [Theory]
    [InlineData(double.NegativeInfinity)]
    [InlineData(-87)]
    [InlineData(-40)]
    [InlineData(-35)]
    [InlineData(-30)]
    [InlineData(-20)]
    [InlineData(-17)]
    [InlineData(-16.7)]
    [InlineData(-16)]
    [InlineData(-10)]
    public void The_magnitude_of_lambda_is_below_1_at_every_angle(double nu)
    {
        var random = new SeededRandom(1);
        for (int i = 0; i < 20_000; i++)
        {
            double theta = i < 8 ? i * Math.PI / 4 : random.NextUniform(0, 7);
            (float real, float imaginary) = LruLayer<float>.Lambda(Math.Exp(nu), theta);
            // The squares of floats are exact in double.
            Assert.True(((double)real * real) + ((double)imaginary * imaginary) < 1, $"{nu}, {theta}");
            (double x, double y) = LruLayer<double>.Lambda(Math.Exp(nu), theta);
            Assert.True(Square(x) + Square(y) < BigInteger.Pow(2, 2 * Places), $"{nu}, {theta}");
        }
    }

    [Theory]
    [InlineData(-16)]
    [InlineData(-5)]
    [InlineData(1)]
    [InlineData(5)]
    public void Else_it_is_that_of_the_formula(double nu)
    {
        double modulus = Math.Exp(-Math.Exp(nu));
        (double real, double imaginary) = LruLayer<double>.Lambda(Math.Exp(nu), 0.7);
        Assert.Equal(modulus * Math.Cos(0.7), real, 1e-15);
        Assert.Equal(modulus * Math.Sin(0.7), imaginary, 1e-15);
    }

    /// <summary>
    /// Returns a square with twice <see cref="Places"/> binary places, exact for every double with at most that many places.
    /// </summary>
    private static BigInteger Square(double x) => BigInteger.Pow(new BigInteger(Math.ScaleB(x, Places)), 2);
}
