using Elman.Sequences;

namespace Elman.Tests.Sequences;

/// <summary>Series that were generated with a known period.</summary>
public sealed class SeasonalPeriodTests
{
    public static TheoryData<int, double, double> Noisy => new()
    {
        { 2, 0.5, 0 }, { 3, 0.5, 0.1 }, { 4, 0.3, 0 }, { 7, 0, 0 }, { 7, 0.5, -0.3 }, { 12, 0.5, 0.05 }, { 24, 0, 0 }, { 24, 1, 1 },
        { 60, 0.3, 0.02 }, { 168, 0.3, 0.1 },
    };

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 30)];

    [Theory]
    [MemberData(nameof(Noisy))]
    public void A_pattern_in_noise_and_trend_is_found(int period, double noise, double trend)
    {
        var random = new SeededRandom(period);
        double[] pattern = [.. Enumerable.Range(0, period)
            .Select(i => Math.Sin(2 * Math.PI * (i + 0.3) / period) + (0.7 * Math.Cos(4 * Math.PI * i / period)))];
        Assert.Equal(period,
            SeasonalPeriod.Find(Series(Math.Max(200, 8 * period), t => pattern[t % period] + (noise * random.NextNormal()) + (trend * t))));
    }

    [Fact]
    public void A_bent_trend_does_not_hide_it() =>
        Assert.Equal(12, SeasonalPeriod.Find(Series(144, t => (100 * Math.Exp(0.02 * t)) + (30 * Math.Sin(2 * Math.PI * t / 12)))));

    [Fact]
    public void A_period_is_found_in_spite_of_a_random_walk()
    {
        var random = new SeededRandom(1);
        double level = 0;
        Assert.Equal(10, SeasonalPeriod.Find(Series(1000, t => (level += random.NextNormal()) + (t % 10 == 0 ? 8 : 0))));
    }

    [Fact]
    public void Two_humps_a_period_are_one_period()
    {
        double[] day = [.. Enumerable.Range(0, 24)
            .Select(h => Math.Exp(-0.2 * (h - 6) * (h - 6)) + (0.6 * Math.Exp(-0.2 * (h - 18) * (h - 18))))];
        Assert.Equal(24, SeasonalPeriod.Find(Series(240, t => day[t % 24])));
    }

    [Fact]
    public void Spikes_are_a_pattern_too() => Assert.Equal(13, SeasonalPeriod.Find(Series(200, t => t % 13 == 5 ? 1 : 0)));

    [Fact]
    public void Many_short_sequences_of_any_phase_and_with_gaps_tell_it_together()
    {
        var random = new SeededRandom(1);
        SequenceDataset data = new(1, [], Enumerable.Range(0, 50).Select(_ =>
        {
            double phase = random.NextUniform(0, 7);
            return new Sequence(Enumerable.Range(0, 25).Select(t => random.NextDouble() < 0.2
                ? float.NaN
                : (float)(Math.Sin(2 * Math.PI * (t + phase) / 7) + (0.5 * random.NextNormal()))).ToArray(), 1);
        }));
        Assert.Equal(7, SeasonalPeriod.Find(data));
    }

    [Fact]
    public void Channels_count_alike_whatever_their_units()
    {
        var random = new SeededRandom(1);
        SequenceDataset data = new(2, [], [new Sequence(Enumerable.Range(0, 800).Select(i =>
            (float)(i % 2 == 0 ? 1e6 * random.NextNormal() : 1e-6 * Math.Sin(2 * Math.PI * (i / 2) / 9))).ToArray(), 2)]);
        Assert.Equal(9, SeasonalPeriod.Find(data));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void White_noise_has_none(int seed)
    {
        var random = new SeededRandom(seed);
        Assert.Null(SeasonalPeriod.Find(Series(1000, _ => random.NextNormal())));
        Assert.Null(SeasonalPeriod.Find(Series(40, _ => random.NextNormal())));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_random_walk_has_none(int seed)
    {
        var random = new SeededRandom(seed);
        double level = 0;
        Assert.Null(SeasonalPeriod.Find(Series(1000, _ => level += random.NextNormal())));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_decaying_memory_has_none(int seed)
    {
        var random = new SeededRandom(seed);
        double level = 0;
        Assert.Null(SeasonalPeriod.Find(Series(1000, _ => level = (0.8 * level) + random.NextNormal())));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(500)]
    public void Constants_lines_and_gaps_have_none(int steps)
    {
        Assert.Null(SeasonalPeriod.Find(Series(steps, _ => 3)));
        Assert.Null(SeasonalPeriod.Find(Series(steps, t => 3 + (2 * t))));
        Assert.Null(SeasonalPeriod.Find(Series(steps, _ => double.NaN)));
    }

    private static SequenceDataset Series(int steps, Func<int, double> value) =>
        new(1, [], [new Sequence(Enumerable.Range(0, steps).Select(t => (float)value(t)).ToArray(), 1)]);
}
