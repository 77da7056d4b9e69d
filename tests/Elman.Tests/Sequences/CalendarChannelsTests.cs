using Elman.Sequences;

namespace Elman.Tests.Sequences;

public sealed class CalendarChannelsTests
{
    [Fact]
    public void The_sine_has_the_bits_of_the_formula_but_for_the_last()
    {
        for (double turns = -3; turns <= 3; turns += 0.001)
            Assert.Equal(Math.Sin(2 * Math.PI * turns), CalendarChannels.Sine(turns), 5e-15);
        Assert.Equal(1, CalendarChannels.Sine(0.25));
        Assert.Equal(0, CalendarChannels.Sine(0.5), 1e-16);
    }

    [Theory]
    [InlineData("2024-05-31T06:00:00+02:00", CalendarCycles.Hour, 0.25)]
    [InlineData("2024-05-27T00:00:00Z", CalendarCycles.Weekday, 0)] // a Monday
    [InlineData("2024-06-02T12:00:00Z", CalendarCycles.Weekday, 6.5 / 7)]
    [InlineData("2023-01-01T00:00:00Z", CalendarCycles.Month, 0)]
    [InlineData("2024-12-31T00:00:00Z", CalendarCycles.Month, 365.0 / 366)]
    public void A_cycle_begins_where_the_calendar_does(string time, CalendarCycles cycle, double turn)
    {
        float[] channels = new float[CalendarChannels.CountOf(cycle)];
        CalendarChannels.Write(cycle, DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture), channels);
        for (int c = 0; c < channels.Length; c++)
        {
            double angle = 2 * Math.PI * turn * ((c / 2) + 1);
            Assert.Equal(c % 2 == 0 ? Math.Sin(angle) : Math.Cos(angle), channels[c], 1e-6);
        }
        Assert.Equal(channels.Length, CalendarChannels.NamesOf(cycle).Distinct().Count());
    }

    [Theory]
    [InlineData(1, 3 * 24, CalendarCycles.None)]
    [InlineData(1, 5 * 24, CalendarCycles.Hour)]
    [InlineData(1, 22 * 24, CalendarCycles.Hour | CalendarCycles.Weekday)]
    [InlineData(24, 731, CalendarCycles.Weekday | CalendarCycles.Month)]
    [InlineData(24 * 7, 20, CalendarCycles.None)]
    public void Cycles_suit_data_that_are_fine_and_long_enough(int hours, int steps, CalendarCycles expected)
    {
        var start = new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var sequence = new Sequence(new float[steps], 1)
        { Times = SequenceTimes.Of(Enumerable.Range(0, steps).Select(t => start.AddHours(hours * t))) };
        Assert.Equal(expected, CalendarChannels.Suited(new SequenceDataset(1, [], [sequence])));
    }
}
