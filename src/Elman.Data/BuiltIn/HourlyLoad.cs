namespace Elman.Data;

/// <summary>
/// The load of a small grid, hourly for twelve weeks: two daily peaks, lower values on weekends, and noise with a correlation time of some
/// hours.
/// </summary>
internal sealed class HourlyLoad : IDataGenerator
{
    private const int Days = 84;

    private static readonly DateTimeOffset _first = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero); // a Monday

    public string Name => "hourly-load";

    public string Description => "the load of the next hours, from an hourly series with daily and weekly seasons";

    public string Source => "seasons as in J. Taylor (2003), Short-term electricity demand forecasting, with generated values";

    public int Channels => 1;

    public LabelKind Labels => LabelKind.None;

    public IReadOnlyList<string> ClassLabels => [];

    public int DefaultTrainCases => 1;

    public int DefaultTestCases => 1;

    public Sequence Draw(int label, SeededRandom random)
    {
        const double Level = 1000, Persistence = 0.9, Noise = 20, Weekend = 0.82;
        float[] values = new float[24 * Days];
        double error = 0;
        for (int hour = 0; hour < values.Length; hour++)
        {
            double day = 2 * Math.PI * (hour % 24) / 24;
            double shape = 1 - (0.2 * Math.Cos(day - 0.6)) - (0.1 * Math.Cos((2 * day) + 0.4));
            error = (Persistence * error) + (Noise * random.NextNormal());
            values[hour] = (float)Math.Round((Level * shape * (hour / 24 % 7 >= 5 ? Weekend : 1)) + error, 1);
        }
        var times = SequenceTimes.Of(Enumerable.Range(0, values.Length).Select(hour => _first.AddHours(hour)));
        return new Sequence(values, 1) { Times = times };
    }

    public SequenceDataset Generate(int cases, SeededRandom random)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(cases);
        ArgumentNullException.ThrowIfNull(random);
        return new SequenceDataset(1, [], Enumerable.Range(0, cases).Select(_ => Draw(0, random)), Name) { ChannelNames = ["load"] };
    }
}
