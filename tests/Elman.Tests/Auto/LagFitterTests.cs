using Elman.Auto;

namespace Elman.Tests.Auto;

/// <summary>The lags of a linear autoregression on hourly data with a daily cycle.</summary>
public sealed class LagFitterTests
{
    [Theory]
    [InlineData(30, 1, 48)] // two days
    [InlineData(4, 1, 24)]  // a quarter of the steps
    [InlineData(30, 20, 34)] // 704 features among 20 channels, one step of them the present
    public void Of_two_seasons_all_lags_are_taken_as_far_as_steps_and_features_go(int days, int channels, int last) =>
        Assert.Equal(Enumerable.Range(0, last + 1), LagFitter.OfTwoSeasons(Series(days, channels), CancellationToken.None));

    [Theory]
    [InlineData(30, 1)]
    [InlineData(30, 4)] // 169 of at most 176
    public void Of_seven_seasons_all_lags_are_taken_where_the_features_allow_it(int days, int channels) =>
        Assert.Equal(Enumerable.Range(0, 170), LagFitter.OfSevenSeasons(Series(days, channels), CancellationToken.None));

    [Fact]
    public void Else_those_of_a_season_and_those_around_the_others_are_taken()
    {
        // 704 / 8 = 88 lags: 24 of a day, and 64 around seven days' multiples of 24, so up to 2 on either side.
        IEnumerable<int> expected = [.. Enumerable.Range(0, 25 + 2), .. Enumerable.Range(2, 5).SelectMany(
            day => Enumerable.Range((24 * day) - 2, 5)), 166, 167, 168, 169];
        Assert.Equal(expected, LagFitter.OfSevenSeasons(Series(30, channels: 8), CancellationToken.None));
    }

    [Theory]
    [InlineData(28, 1)] // 169 lags are more than a quarter of 672 steps
    [InlineData(30, 30)] // 23 lags do not hold a day
    public void There_are_none_where_steps_or_features_are_too_few(int days, int channels) =>
        Assert.Null(LagFitter.OfSevenSeasons(Series(days, channels), CancellationToken.None));

    private static SequenceDataset Series(int days, int channels)
    {
        SequenceDataset load = Load.Series(days);
        float[] values = [.. load[0].Values.ToArray().SelectMany(value => Enumerable.Repeat(value, channels))];
        return new SequenceDataset(channels, [], [new Sequence(values, channels) { Times = load[0].Times }], "load");
    }
}
