namespace Elman.Tests;

/// <summary>Hourly series with daily and weekly cycles.</summary>
internal static class Load
{
    public static DateTimeOffset Start { get; } = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>A load with noise.</summary>
    public static SequenceDataset Series(int days, int seed = 1, double noise = 0.2)
    {
        var random = new Random(seed);
        float[] values = [.. Enumerable.Range(0, 24 * days).Select(hour =>
        {
            double day = Math.Sin(2 * Math.PI * (hour - 8) / 24.0), weekend = hour / 24 % 7 >= 5 ? -0.7 : 0;
            return (float)(10 + day + weekend + (noise * (random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5)));
        })];
        return new SequenceDataset(1, [], [new Sequence(values, 1) { Times = Hours(values.Length) }], "load") { ChannelNames = ["load"] };
    }

    public static SequenceTimes Hours(int count) => SequenceTimes.Of(Enumerable.Range(0, count).Select(hour => Start.AddHours(hour)));
}
