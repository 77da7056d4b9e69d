namespace Elman.Tests.Sequences;

public sealed class SequenceTimesTests
{
    private static readonly DateTimeOffset _start = new(2024, 1, 31, 0, 0, 0, TimeSpan.FromHours(2));

    [Fact]
    public void Even_dates_go_on_at_their_interval()
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
    public void Calendar_months_are_even_and_go_on_as_months(int months)
    {
        var times = SequenceTimes.Of(Enumerable.Range(0, 5).Select(k => _start.AddMonths(months * k)), "yyyy-MM-dd");
        Assert.True(times.AreEven);
        for (int step = 0; step < 40; step++)
            Assert.Equal(_start.AddMonths(months * step), times.DateAt(step));
    }

    [Fact]
    public void Uneven_dates_keep_each_and_go_on_at_the_usual_distance()
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
