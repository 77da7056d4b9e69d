using Elman.RandomNumbers;

namespace Elman.Tests.RandomNumbers;

public class RandomMaskTests
{
    [Theory]
    [InlineData(0.0, 0.0)]
    [InlineData(0.5, 0.5)]
    [InlineData(0.3, 19661.0 / 65536)]
    [InlineData(1e-9, 0.0)]
    public void A_rate_is_taken_to_the_nearest_level(double rate, double used) => Assert.Equal(used, RandomMask.Quantize(rate));

    [Theory]
    [InlineData(0.0, null)]
    [InlineData(0.3, null)]
    [InlineData(0.99999, null)]
    [InlineData(0.000008, null)]
    [InlineData(0.999992, null)]
    [InlineData(0.999993, "become 1")]
    [InlineData(1 - (1.0 / 131072), "become 1")]
    [InlineData(0.9999999999999999, "become 1")]
    [InlineData(1.0 / 131072, "become 0")]
    [InlineData(5e-324, "become 0")]
    [InlineData(1.0, "and below 1.")]
    [InlineData(-1e-9, "it must be at least 0 and below")]
    [InlineData(double.NaN, "it must be at least 0 and below")]
    public void A_rate_that_would_become_another_in_kind_is_refused(double rate, string? problem)
    {
        if (problem is null)
            Assert.Null(RandomMask.Problem(rate));
        else
            Assert.Contains(problem, RandomMask.Problem(rate), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.5)]
    [InlineData(0.9)]
    public void The_share_of_dropped_numbers_is_the_rate(double rate)
    {
        float[] mask = new float[1_000_001];
        RandomMask.Draw(mask.AsSpan(), key: 3, first: 0, rate, 0f, 1f);
        double dropped = mask.Count(value => value == 0) / (double)mask.Length;
        Assert.InRange(dropped, rate - 0.0025, rate + 0.0025); // five standard deviations
        Assert.All(mask, value => Assert.True(value is 0 or 1));
    }

    [Fact]
    public void A_number_depends_on_its_place_alone()
    {
        double[] whole = new double[97], piece = new double[50];
        RandomMask.Draw(whole.AsSpan(), key: 11, first: 0, 0.5, 0.0, 2.0);
        for (int first = 0; first < 44; first += 4)
        {
            RandomMask.Draw(piece.AsSpan(), key: 11, first, 0.5, 0.0, 2.0);
            Assert.Equal(whole[first..(first + 50)], piece);
        }
    }

    [Fact]
    public void Another_key_gives_other_numbers()
    {
        float[] one = new float[256], other = new float[256];
        RandomMask.Draw(one.AsSpan(), key: 1, first: 0, 0.5, 0f, 1f);
        RandomMask.Draw(other.AsSpan(), key: 2, first: 0, 0.5, 0f, 1f);
        Assert.InRange(one.Zip(other).Count(pair => pair.First == pair.Second), 88, 168); // 128 ± five standard deviations
    }

    [Fact]
    public void The_bits_are_those_of_SplitMix64()
    {
        var reference = new Fixtures.SplitMix64(42);
        ulong[] outputs = [.. Enumerable.Range(0, 4).Select(_ => reference.NextBits())];
        Assert.Equal(outputs, Enumerable.Range(0, 4).Select(i => SeededRandom.At(42, (ulong)i)));
    }
}
