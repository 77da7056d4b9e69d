namespace Elman.Tests.Sequences;

/// <summary>Data sets that are split and joined in time.</summary>
public sealed class SequencesInTimeTests
{
    private static readonly DateTimeOffset _start = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(100, 0.2, 5, 80)]
    [InlineData(100, 0.2, 30, 70)] // the end has a horizon at least
    [InlineData(10, 0.5, 1, 5)]
    public void The_end_of_a_series_is_held_out_with_its_beginning_as_context(int steps, double share, int horizon, int cut)
    {
        SequenceDataset data = Series(steps);
        (SequenceDataset beginnings, SequenceDataset ends) = data.DivideInTime(share, horizon)!.Value;
        Assert.Equal(data[0].Values[..cut].ToArray(), beginnings[0].Values.ToArray());
        Assert.Equal(data[0].Values.ToArray(), ends[0].Values.ToArray());
        Assert.Equal(cut, ends[0].ContextSteps);
        Assert.Equal(0, beginnings[0].ContextSteps);
        Assert.Equal(cut, beginnings[0].Times!.Count);
    }

    [Fact]
    public void Series_that_are_too_short_and_many_without_dates_are_not_divided()
    {
        Assert.Null(Series(10).DivideInTime(0.2, horizon: 5));
        SequenceDataset many = new(1, [], Enumerable.Range(0, 20).Select(_ => new Sequence(new float[50], 1)));
        Assert.Null(many.DivideInTime(0.2, horizon: 1));
        SequenceDataset dated = new(1, [], Enumerable.Range(0, 20).Select(_ => Series(50)[0]));
        Assert.NotNull(dated.DivideInTime(0.2, horizon: 1));
    }

    [Fact]
    public void Data_that_continue_earlier_ones_have_them_as_context()
    {
        SequenceDataset whole = Series(30), earlier = whole.DivideInTime(0.4, 1)!.Value.Beginnings;
        SequenceDataset later = new(1, [], [whole[0].Slice(18, 12)]);
        SequenceDataset following = later.Following(earlier);
        Assert.Equal(whole[0].Values.ToArray(), following[0].Values.ToArray());
        Assert.Equal(18, following[0].ContextSteps);
        Assert.Equal(whole[0].Times!.DateAt(29), following[0].Times!.DateAt(29));
        SequenceDataset apart = new(1, [], [whole[0].Slice(22, 8)]);
        Assert.Same(apart, apart.Following(earlier));
        SequenceDataset untimed = new(1, [], [new Sequence(new float[3], 1)]);
        Assert.Same(untimed, untimed.Following(earlier));
    }

    [Fact]
    public void Working_days_continue_after_a_weekend()
    {
        DateTimeOffset[] days = [.. Enumerable.Range(0, 28).Select(day => _start.AddDays(day)).Where(day => day.DayOfWeek
            is not (DayOfWeek.Saturday or DayOfWeek.Sunday))]; // from a Monday on
        var whole = new Sequence(new float[20], 1) { Times = SequenceTimes.Of(days) };
        SequenceDataset earlier = new(1, [], [whole.Slice(0, 15)]), later = new(1, [], [whole.Slice(15, 5)]);
        Assert.Equal(15, later.Following(earlier)[0].ContextSteps);
    }

    [Fact]
    public void Steps_that_only_tell_what_is_known_in_advance_are_not_the_end()
    {
        float[] values = [.. Enumerable.Range(0, 30).SelectMany(t => (float[])[t, t < 20 ? 100 + t : float.NaN])];
        var data = new SequenceDataset(2, [], [new Sequence(values, 2)]) { ChannelNames = ["price", "y"] };
        (SequenceDataset beginnings, SequenceDataset ends) = data.DivideInTime(0.25, horizon: 2, ["price"])!.Value;
        Assert.Equal(15, beginnings[0].Steps);
        Assert.Equal((20, 15), (ends[0].Steps, ends[0].ContextSteps));
        SequenceDataset own = ends.Without(["price"]);
        Assert.Equal(Enumerable.Range(100, 20).Select(value => (float)value), own[0].Values.ToArray());
        Assert.Equal(15, own[0].ContextSteps);
        Assert.Throws<ArgumentException>(() => data.Without(["price", "y"]));
        Assert.Same(data, data.Without([]));
    }

    [Fact]
    public void Each_of_several_series_continues_the_one_with_its_id()
    {
        Sequence a = Series(20)[0] with { Id = "a" }, b = Series(20, scale: 2)[0] with { Id = "b" };
        SequenceDataset earlier = new(1, [], [a.Slice(0, 15), b.Slice(0, 15)]), later = new(1, [], [b.Slice(15, 5), a.Slice(14, 6)]);
        SequenceDataset following = later.Following(earlier);
        Assert.Equal(b.Values.ToArray(), following[0].Values.ToArray());
        Assert.Equal(6, following[1].Steps); // it overlaps, so it does not go on
    }

    private static SequenceDataset Series(int steps, float scale = 1) => new(1, [],
    [
        new Sequence(Enumerable.Range(0, steps).Select(t => scale * t).ToArray(), 1)
        { Times = SequenceTimes.Of(Enumerable.Range(0, steps).Select(t => _start.AddHours(t))) },
    ]);
}
