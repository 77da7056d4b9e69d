namespace Elman.Tests.RandomNumbers;

public class SeededRandomTests
{
    /// <remarks>The first five numbers and the thousandth, from <c>seeded_random.py</c>.</remarks>
    [Theory]
    [InlineData(0L, 0x99EC5F36CB75F2B4, 0xBF6E1F784956452A, 0x1A5F849D4933E6E0, 0x6AA594F1262D2D2C, 0xBBA5AD4A1F842E59, 0x7AAC8C483A2EDD2F)]
    [InlineData(1L, 0xB3F2AF6D0FC710C5, 0x853B559647364CEA, 0x92F89756082A4514, 0x642E1C7BC266A3A7, 0xB27A48E29A233673, 0xB8517C33C344D153)]
    [InlineData(
        42L, 0x15780B2E0C2EC716, 0x6104D9866D113A7E, 0xAE17533239E499A1, 0xECB8AD4703B360A1, 0xFDE6DC7FE2EC5E64, 0x8DE5848C61AB8968)]
    [InlineData(
        -1L, 0x8F5520D52A7EAD08, 0xC476A018CAA1802D, 0x81DE31C0D260469E, 0xBF658D7E065F3C2F, 0x913593FDA1BCA32A, 0xC3C93EA5CDE434CC)]
    [InlineData(9223372036854775807L, 0x0E1C2B4B82E8C0C5, 0x19167A27A6E0D81B, 0x7B5F1A55D35896BD, 0x0D19F02BF9005C90,
        0x0EEE111B5F85ACA0, 0xA132083E5DF0F816)]
    [InlineData(long.MinValue, 0xD01BFA9B44A998C3, 0x797C6B72FF690D62, 0x4576AF98398380B1, 0xE5CE401830AAA16C,
        0xA5EECCC1D5D5EE1A, 0x0DEAE5B787A6143B)]
    public void The_numbers_are_those_of_the_published_generators(
        long seed, ulong first, ulong second, ulong third, ulong fourth, ulong fifth, ulong thousandth)
    {
        var random = new SeededRandom(seed);
        ulong[] numbers = [.. Enumerable.Range(0, 1000).Select(_ => random.NextUInt64())];
        Assert.Equal([first, second, third, fourth, fifth], numbers[..5]);
        Assert.Equal(thousandth, numbers[999]);
    }

    [Fact]
    public void A_double_is_the_upper_53_bits()
    {
        var bits = new SeededRandom(3);
        var doubles = new SeededRandom(3);
        for (int i = 0; i < 1000; i++)
            Assert.Equal((bits.NextUInt64() >> 11) / 9007199254740992.0, doubles.NextDouble());
    }

    [Fact]
    public void Doubles_are_even_over_0_to_1()
    {
        var random = new SeededRandom(4);
        double[] numbers = [.. Enumerable.Range(0, 100_000).Select(_ => random.NextDouble())];
        Assert.All(numbers, x => Assert.True(x is >= 0 and < 1));
        AssertEven([.. numbers.CountBy(x => (int)(x * 20)).OrderBy(pair => pair.Key).Select(pair => pair.Value)], 20);
        Assert.Equal(1.0 / 12, numbers.Average(x => (x - 0.5) * (x - 0.5)), 0.001);
    }

    [Theory]
    [InlineData(-3, 5)]
    [InlineData(0, 1e-300)]
    [InlineData(-1e300, 1e300)]
    [InlineData(2, 2)]
    public void Uniform_numbers_stay_within_their_bounds(double low, double high)
    {
        var random = new SeededRandom(5);
        double[] numbers = [.. Enumerable.Range(0, 10_000).Select(_ => random.NextUniform(low, high))];
        Assert.All(numbers, x => Assert.InRange(x, low, high));
        Assert.Equal(0.5, low == high ? 0.5 : numbers.Average(x => (x - low) / (high - low)), 0.02);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(64)]
    [InlineData(1000)]
    public void Integers_below_a_bound_are_even(int bound)
    {
        var random = new SeededRandom(6);
        int[] counts = new int[bound];
        for (int i = 0; i < 100_000; i++)
            counts[random.NextInt32(bound)]++;
        AssertEven(counts, bound);
    }

    /// <remarks>
    /// 2³² is 8/3 of the bound: without rejection, every third value would come from two numbers, and the others from three.
    /// </remarks>
    [Fact]
    public void A_bound_that_does_not_divide_the_generators_range_has_no_bias()
    {
        var random = new SeededRandom(7);
        int[] thirds = new int[3];
        for (int i = 0; i < 30_000; i++)
            thirds[random.NextInt32(3 << 29) % 3]++;
        AssertEven(thirds, 3);
    }

    [Fact]
    public void The_largest_bound_is_possible()
    {
        var random = new SeededRandom(7);
        Assert.All(Enumerable.Range(0, 1000), _ => Assert.InRange(random.NextInt32(int.MaxValue), 0, int.MaxValue - 1));
    }

    [Fact]
    public void A_bound_of_1_leaves_only_0()
    {
        var random = new SeededRandom(8);
        Assert.All(Enumerable.Range(0, 100), _ => Assert.Equal(0, random.NextInt32(1)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(int.MinValue)]
    public void A_bound_below_1_is_refused(int bound) =>
        Assert.Throws<ArgumentOutOfRangeException>(nameof(bound), () => new SeededRandom(1).NextInt32(bound));

    [Fact]
    public void Normal_numbers_have_the_moments_of_the_normal_distribution()
    {
        var random = new SeededRandom(9);
        double[] numbers = [.. Enumerable.Range(0, 200_000).Select(_ => random.NextNormal())];
        double Moment(int k) => numbers.Average(x => Math.Pow(x, k));
        Assert.Equal(0, Moment(1), 0.01);
        Assert.Equal(1, Moment(2), 0.015);
        Assert.Equal(0, Moment(3), 0.04);
        Assert.Equal(3, Moment(4), 0.12);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(100)]
    public void Shuffling_keeps_every_item(int count)
    {
        int[] items = [.. Enumerable.Range(0, count)];
        new SeededRandom(10).Shuffle(items.AsSpan());
        Assert.Equal(Enumerable.Range(0, count), items.Order());
        Assert.True(count < 3 || !items.SequenceEqual(Enumerable.Range(0, count)));
    }

    [Fact]
    public void Every_order_is_equally_likely()
    {
        var random = new SeededRandom(11);
        var counts = new Dictionary<string, int>();
        for (int i = 0; i < 24_000; i++)
        {
            int[] items = [1, 2, 3, 4];
            random.Shuffle(items.AsSpan());
            string order = string.Concat(items);
            counts[order] = counts.GetValueOrDefault(order) + 1;
        }
        AssertEven([.. counts.Values], 24);
    }

    /// <summary>
    /// Asserts that Pearson's χ² is within six standard deviations of its expected value; the seed is fixed, so no test fails by chance.
    /// </summary>
    private static void AssertEven(int[] counts, int cells)
    {
        Assert.Equal(cells, counts.Length);
        double expected = (double)counts.Sum() / cells, chi2 = counts.Sum(count => (count - expected) * (count - expected) / expected);
        Assert.InRange(chi2, 0, cells - 1 + (6 * Math.Sqrt(2.0 * (cells - 1))));
    }
}
