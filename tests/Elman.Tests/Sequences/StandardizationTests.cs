using Elman.Tests.Fixtures;

namespace Elman.Tests.Sequences;

public class StandardizationTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(100, 1)]
    [InlineData(-1e6, 8)]
    [InlineData(16_000_000, 4)]
    [InlineData(1e30, 1e28)]
    [InlineData(0, 1e-20)]
    public void Mean_and_deviation_agree_with_two_passes(double offset, double scale)
    {
        var numbers = new SplitMix64(4);
        SequenceDataset data = Data(
            2, [.. new[] { 3, 50, 1, 8 }.Select(steps => numbers.Even(1, steps * 2).Select(x => (float)(offset + (scale * x))).ToArray())]);
        var fitted = Standardization.Fit(data);
        for (int c = 0; c < 2; c++)
        {
            double[] values = [.. data.SelectMany(sequence => sequence.Values.ToArray().Where((_, i) => i % 2 == c))
                .Select(value => (double)value)];
            double mean = values.Average(), deviation = Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
            Assert.Equal(mean, fitted.Means[c], 1e-13 * Math.Max(Math.Abs(mean), deviation));
            Assert.Equal(deviation, fitted.Deviations[c], 1e-9 * deviation);
        }
    }

    [Theory]
    [InlineData(0f)]
    [InlineData(3.25f)]
    [InlineData(0.1f)]
    [InlineData(-1e30f)]
    [InlineData(float.MaxValue)]
    [InlineData(1e-40f)]
    public void A_constant_channel_keeps_its_scale_and_becomes_0(float value)
    {
        var fitted = Standardization.Fit(Data(1, Enumerable.Repeat(value, 1000).ToArray(), [value]));
        Assert.Equal(1, fitted.Deviations[0]);
        Assert.Equal(0, fitted.Apply(value, 0), Math.Abs(value) * 1e-12);
    }

    [Fact]
    public void A_single_value_is_a_constant_channel() =>
        Assert.Equal((5, 1), (Standardization.Fit(Data(1, [5])).Means[0], Standardization.Fit(Data(1, [5])).Deviations[0]));

    [Fact]
    public void Channels_are_measured_apart()
    {
        var fitted = Standardization.Fit(Data(3, [1, 7, -2, 3, 7, 2]));
        Assert.Equal([2, 7, 0], fitted.Means);
        Assert.Equal([1, 1, 2], fitted.Deviations);
    }

    [Fact]
    public void A_value_is_shifted_and_then_scaled() => Assert.Equal(-2.5, new Standardization([10], [4]).Apply(0, 0));

    [Fact]
    public void No_data_have_no_mean() =>
        Assert.Throws<ArgumentException>("data", () => Standardization.Fit(new SequenceDataset(1, [], [])));

    [Theory]
    [InlineData(double.NaN, 1)]
    [InlineData(double.NegativeInfinity, 1)]
    [InlineData(0, double.NaN)]
    [InlineData(0, double.PositiveInfinity)]
    [InlineData(0, 0)]
    [InlineData(0, -1)]
    public void Numbers_out_of_range_are_refused_with_their_channel(double mean, double deviation) =>
        Assert.Contains(
            "Channel 2", Assert.Throws<ArgumentException>("deviations", () => new Standardization([0, mean], [1, deviation])).Message,
            StringComparison.Ordinal);

    [Fact]
    public void As_many_deviations_as_means_are_needed() =>
        Assert.Throws<ArgumentException>("deviations", () => new Standardization([0, 0], [1]));

    private static SequenceDataset Data(int channels, params float[][] sequences) =>
        new(channels, [], sequences.Select(values => new Sequence(values, channels)));
}
