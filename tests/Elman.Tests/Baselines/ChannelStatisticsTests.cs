using Elman.Baselines;
using Elman.Tests.Oracles;

namespace Elman.Tests.Baselines;

public sealed class ChannelStatisticsTests
{
    private const float Gap = float.NaN;

    private static readonly Standardization _asTheyAre = new([0, 0], [1, 1]);

    public static TheoryData<float[], double[]> Series => new()
    {
        { [3], [3, 0, 3, 3, 0] },
        { [1, 3], [2, 1, 1, 3, 2] },
        { [1, 2, 6], [3, Math.Sqrt(14 / 3.0), 1, 6, 2.5] },
        { [Gap, 1, Gap, 5, Gap], [3, 2, 1, 5, 2] },
        { [4, 4, 4, 4], [4, 0, 4, 4, 0] },
        { [Gap, Gap, -2], [-2, 0, -2, -2, 0] },
    };

    [Theory]
    [MemberData(nameof(Series))]
    public void The_five_numbers_pass_over_gaps(float[] values, double[] expected)
    {
        float[] two = [.. values.SelectMany(value => new[] { 7, value })];
        double[] row = new double[10];
        ChannelStatistics.Measure(new Sequence(two, 2), _asTheyAre, row);
        Close.Assert("five", expected, row[5..], 1e-12, 1e-15);
        Close.Assert("others", [7, 0, 7, 7, 0], row[..5], 1e-12, 1e-15);
    }

    [Fact]
    public void Over_the_training_data_each_number_has_mean_0_and_deviation_1()
    {
        SequenceDataset data = Waves.Create(30, seed: 1, ragged: true, channels: 2);
        double[][] rows = ChannelStatistics.Fit(data).Of(data);
        for (int i = 0; i < 10; i++)
        {
            Assert.Equal(0, rows.Average(row => row[i]), 1e-12);
            Assert.Equal(1, rows.Average(row => row[i] * row[i]), 1e-12);
        }
    }

    [Fact]
    public void What_does_not_vary_and_what_is_not_known_is_0()
    {
        SequenceDataset data = new(
            1, [], [new(new float[] { 5, 5, 5 }, 1), new(new float[] { 5, 5, 5, 5 }, 1), new(new[] { Gap, Gap }, 1)]);
        SequenceDataset other = new(1, [], [new(new float[] { 1, 2, 9 }, 1)]);
        ChannelStatistics statistics = ChannelStatistics.Fit(data);
        Assert.All(statistics.Of(data).Concat(statistics.Of(other)), row => Assert.Equal(new double[5], row));
    }
}
