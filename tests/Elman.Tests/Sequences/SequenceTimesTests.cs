using System.Globalization;

namespace Elman.Tests.Sequences;

public sealed class SequenceTimesTests
{
    private static readonly DateTimeOffset _start = new(2024, 1, 31, 0, 0, 0, TimeSpan.FromHours(2));

    [Fact]
    public void Even_dates_continue_at_their_interval()
    {
        var times = SequenceTimes.Of(Enumerable.Range(0, 5).Select(hour => _start.AddHours(hour)));
        Assert.True(times.AreEven);
        Assert.Equal(TimeSpan.FromHours(1), times.Interval);
        for (int step = 0; step < 30; step++)
            Assert.Equal(_start.AddHours(step), times.DateAt(step));
        Assert.Equal("2024-02-01T05:00:00", times.TextAt(29));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(12)]
    public void Calendar_months_are_even_and_continue_as_months(int months)
    {
        var times = SequenceTimes.Of(Enumerable.Range(0, 5).Select(k => _start.AddMonths(months * k)), "yyyy-MM-dd");
        Assert.True(times.AreEven);
        for (int step = 0; step < 40; step++)
            Assert.Equal(_start.AddMonths(months * step), times.DateAt(step));
    }

    [Theory]
    [InlineData(2020, 4, 1)]
    [InlineData(2021, 2, 1)]
    [InlineData(2020, 6, 3)]
    public void Last_days_of_months_continue_as_such_in_parts_too(int year, int month, int months)
    {
        var first = new DateTimeOffset(year, month, DateTime.DaysInMonth(year, month), 0, 0, 0, TimeSpan.Zero);
        DateTimeOffset[] ends = [.. Enumerable.Range(0, 40).Select(k => first.AddDays(1).AddMonths(months * k).AddDays(-1))];
        var times = SequenceTimes.Of(ends[..12]);
        var sequence = new Sequence(new float[12], 1) { Times = times };
        for (int step = 0; step < ends.Length; step++)
            Assert.Equal(ends[step], times.DateAt(step));
        for (int start = 0; start < 12; start++)
            for (int step = 0; step < 20; step++)
                Assert.Equal(ends[start + step], sequence.Slice(start, 12 - start).Times!.DateAt(step));
    }

    [Theory]
    [InlineData("2024-01-01", 1, 1, new[] { 4 })]
    [InlineData("2024-01-15", 1, 15, new[] { 1 })] // the second
    [InlineData("2023-10-31", 1, 31, new[] { 4, 5, 9 })] // last days
    [InlineData("2023-02-28", 1, 31, new[] { 3 })] // last days that begin in a short month
    [InlineData("2023-02-28", 1, 30, new[] { 3 })] // the 30th, from February on
    [InlineData("2024-03-31", 3, 31, new[] { 5 })] // last days of quarters
    [InlineData("2016-02-28", 12, 28, new[] { 3 })] // a day each year, also in leap years
    public void Months_stay_months_where_some_are_missing_and_after_them(string start, int months, int day, int[] missing)
    {
        var first = new DateTimeOffset(DateTime.Parse(start, CultureInfo.InvariantCulture), TimeSpan.FromHours(1));
        DateTimeOffset[] dates = [.. Enumerable.Range(0, 40).Select(k =>
        {
            DateTimeOffset month = first.AddDays(1 - first.Day).AddMonths(months * k);
            int last = DateTime.DaysInMonth(month.Year, month.Month);
            return month.AddDays(Math.Min(day, last) - 1);
        })];
        DateTimeOffset[] given = [.. dates[..12].Where((_, k) => !missing.Contains(k))], after = [.. given, .. dates[12..]];
        var times = SequenceTimes.Of(given);
        Assert.False(times.AreEven);
        Assert.Equal(TimeSpan.FromDays(30 * months), times.Interval);
        for (int step = 0; step < after.Length; step++)
            Assert.Equal(after[step], times.DateAt(step));
        var sequence = new Sequence(new float[given.Length], 1) { Times = times };
        for (int from = 0; from < given.Length; from++)
        {
            SequenceTimes part = sequence.Slice(from, given.Length - from).Times!;
            for (int step = 0; step < 20; step++)
                Assert.Equal(after[from + step], part.DateAt(step));
            SequenceTimes beginning = sequence.Slice(0, from + 1).Times!;
            for (int step = 0; step <= from; step++)
                Assert.Equal(given[step], beginning.DateAt(step));
        }
    }

    [Theory]
    [InlineData(5, 0)] // Monday to Friday
    [InlineData(6, 9)]
    [InlineData(5, 3)] // with days off
    public void Days_continue_without_those_of_the_week_on_which_there_are_none(int ofAWeek, int off)
    {
        var monday = new DateTimeOffset(2024, 1, 1, 9, 0, 0, TimeSpan.FromHours(2));
        DateTimeOffset[] days = [.. Enumerable.Range(0, 100).Where(day => day % 7 < ofAWeek && (day >= 40 || off == 0 || day % off != 1))
            .Select(day => monday.AddDays(day))];
        for (int given = 20; given < 40; given++)
        {
            DateTimeOffset[] all = [.. days[..given], .. Enumerable.Range(1, 100).Select(day => days[given - 1].AddDays(day))
                .Where(day => (int)(day - monday).TotalDays % 7 < ofAWeek)];
            var times = SequenceTimes.Of(days[..given]);
            var sequence = new Sequence(new float[given], 1) { Times = times };
            for (int step = 0; step < given + 30; step++)
            {
                Assert.Equal(all[step], times.DateAt(step));
                if (step >= 3)
                    Assert.Equal(all[step], sequence.Slice(3, given - 3).Times!.DateAt(step - 3));
            }
        }
    }

    [Fact]
    public void The_longest_interval_is_that_over_what_is_missing()
    {
        double[] days = [0, 1, 2, 3, 4, 7, 8];
        Assert.Equal(TimeSpan.FromDays(3), SequenceTimes.Of(days.Select(day => _start.AddDays(day))).LongestInterval);
        var first = new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);
        Assert.Equal(TimeSpan.FromDays(90), SequenceTimes.Of([first, first.AddMonths(1), first.AddMonths(4)]).LongestInterval);
        Assert.Equal(TimeSpan.FromDays(30), SequenceTimes.Of([first, first.AddMonths(1), first.AddMonths(2)]).LongestInterval);
        Assert.Null(SequenceTimes.Of([1m, 2m]).LongestInterval);
    }

    [Fact]
    public void A_part_of_dates_on_the_30th_that_begins_in_February_goes_back_to_the_30th()
    {
        var first = new DateTimeOffset(2024, 1, 30, 0, 0, 0, TimeSpan.Zero);
        var sequence = new Sequence(new float[6], 1) { Times = SequenceTimes.Of(Enumerable.Range(0, 6).Select(first.AddMonths)) };
        for (int step = 0; step < 5; step++)
            Assert.Equal(first.AddMonths(1 + step), sequence.Slice(1, 2).Times!.DateAt(step));
    }

    [Fact]
    public void Uneven_dates_keep_each_and_continue_at_the_usual_distance()
    {
        double[] hours = [0, 1, 2, 5, 6, 7.5];
        var times = SequenceTimes.Of(hours.Select(hour => _start.AddHours(hour)));
        Assert.False(times.AreEven);
        for (int step = 0; step < hours.Length; step++)
            Assert.Equal(_start.AddHours(hours[step]), times.DateAt(step));
        Assert.Equal(_start.AddHours(9.5), times.DateAt(hours.Length + 1));
    }

    [Fact]
    public void Numbers_keep_their_digits()
    {
        var times = SequenceTimes.Of([0.1m, 0.2m, 0.3m]);
        Assert.Equal(["0.1", "0.2", "0.3", "0.4"], Enumerable.Range(0, 4).Select(times.TextAt));
        Assert.Throws<InvalidOperationException>(() => times.DateAt(0));
        Assert.Null(times.Interval);
    }

    [Theory]
    [InlineData("0", "0.1", 120)]
    [InlineData("1000.7", "0.3", 500)]
    [InlineData("0", "0.001", 3000)]
    [InlineData("1700000000.25", "0.05", 200)]
    public void Numbers_continue_in_as_few_digits_as_they_have(string first, string distance, int count)
    {
        decimal start = decimal.Parse(first, CultureInfo.InvariantCulture), step = decimal.Parse(distance, CultureInfo.InvariantCulture);
        var times = SequenceTimes.Of(Enumerable.Range(0, count).Select(i => start + (i * step)));
        Assert.True(times.AreEven);
        foreach (int i in (int[])[0, 1, 3, count - 1, count, count + 7])
            Assert.Equal((start + (i * step)).ToString("0.######", CultureInfo.InvariantCulture), times.TextAt(i));
    }

    [Fact]
    public void Times_that_do_not_ascend_are_refused()
    {
        Assert.Contains("Step 3", Assert.Throws<ArgumentException>(() => SequenceTimes.Of([1m, 3m, 3m])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => SequenceTimes.Of([_start, _start.AddHours(-1)]));
        Assert.Throws<ArgumentOutOfRangeException>(() => SequenceTimes.Of([1m]).TextAt(-1));
    }

    [Fact]
    public void A_sequence_has_as_many_times_as_steps_and_a_part_of_it_those_of_the_part()
    {
        double[] hours = [0, 1, 2, 5, 6, 7.5];
        var times = SequenceTimes.Of(hours.Select(hour => _start.AddHours(hour)));
        var sequence = new Sequence(new float[12], channels: 2) { Times = times };
        Assert.Throws<ArgumentException>(() => new Sequence(new float[10], channels: 2) { Times = times });
        for (int start = 0; start < 6; start++)
            for (int count = 1; start + count <= 6; count++)
                for (int step = 0; step < count; step++)
                    Assert.Equal(_start.AddHours(hours[start + step]), sequence.Slice(start, count).Times!.DateAt(step));
    }
}
