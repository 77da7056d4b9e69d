namespace Elman.Tests.Sequences;

public sealed class ResamplingTests
{
    private static readonly DateTimeOffset _start = new(2024, 1, 1, 0, 20, 0, TimeSpan.FromHours(1));

    [Fact]
    public void A_step_has_the_mean_or_the_last_of_the_values_that_are_known()
    {
        SequenceDataset data = Data([0, 10, 50, 55, 200], [1, 3, float.NaN, 8, 5]);
        SequenceDataset means = new Resampling(TimeSpan.FromHours(1)).Apply(data);
        Assert.Equal([2, 8, float.NaN, 5], means[0].Values.ToArray());
        Assert.Equal(new DateTimeOffset(2024, 1, 1, 3, 0, 0, TimeSpan.FromHours(1)), means[0].Times!.DateAt(3));
        SequenceDataset last = new Resampling(TimeSpan.FromHours(1), ResampledValue.Last).Apply(data);
        Assert.Equal([3, 8, float.NaN, 5], last[0].Values.ToArray());
    }

    [Fact]
    public void The_last_label_of_a_step_stays_and_a_step_without_rows_has_none()
    {
        Sequence sequence = Data([0, 10, 200], [1, 2, 3])[0].WithStepLabels(new[] { 0, 1, 0 });
        var data = new SequenceDataset(1, ["a", "b"], [sequence]);
        Assert.Equal([1, -1, -1, 0], new Resampling(TimeSpan.FromHours(1)).Apply(data)[0].StepLabels.ToArray());
    }

    [Fact]
    public void Steps_that_are_even_already_are_unchanged()
    {
        SequenceDataset data = Data([40, 100, 160], [1, 2, 3]);
        SequenceDataset same = new Resampling(TimeSpan.FromHours(1)).Apply(data);
        Assert.Equal(data[0].Values.ToArray(), same[0].Values.ToArray());
        Assert.Equal(data[0].Times!.DateAt(2), same[0].Times!.DateAt(2));
    }

    [Fact]
    public void Data_without_dates_and_a_length_of_nothing_are_refused()
    {
        var untimed = new SequenceDataset(1, [], [new Sequence(new float[3], 1)]);
        Assert.Throws<ArgumentException>(() => new Resampling(TimeSpan.FromHours(1)).Apply(untimed));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Resampling(TimeSpan.Zero).Apply(Data([0], [1])));
        Assert.Contains("longer interval", Assert.Throws<ArgumentException>(
            () => new Resampling(TimeSpan.FromTicks(1)).Apply(Data([0, 60], [1, 2]))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(2, 0)] // the third value is in the first step, too
    [InlineData(3, 1)]
    [InlineData(4, 3)] // behind steps without values
    public void Context_ends_before_the_step_of_the_first_value_that_is_none(int steps, int resampled)
    {
        Sequence sequence = Data([0, 10, 20, 50, 200], [1, 2, 3, 4, 5])[0] with { ContextSteps = steps };
        Sequence hours = new Resampling(TimeSpan.FromHours(1)).Apply(new SequenceDataset(1, [], [sequence]))[0];
        Assert.Equal(4, hours.Steps);
        Assert.Equal(resampled, hours.ContextSteps);
    }

    [Theory]
    [InlineData(ResampledValue.Mean)]
    [InlineData(ResampledValue.Last)]
    public void Steps_that_come_in_one_by_one_become_those_of_the_whole_sequence(ResampledValue value)
    {
        SequenceDataset data = Data([0, 10, 50, 55, 200, 1500], [1, 3, float.NaN, 8, 5, 0.1f]);
        var resampling = new Resampling(TimeSpan.FromHours(1), value);
        Sequence whole = resampling.Apply(data)[0];
        var gathered = new ResampledSteps(resampling, 1);
        float[] step = new float[1];
        for (int round = 0; round < 2; round++)
        {
            var values = new List<float>();
            for (int t = 0; t < data[0].Steps; t++)
            {
                DateTimeOffset time = data[0].Times!.DateAt(t).ToOffset(TimeSpan.FromHours(t == 0 ? 1 : t - 3)); // the first clock counts
                while (gathered.TryTake(time, step, out DateTimeOffset start))
                {
                    Assert.Equal(whole.Times!.DateAt(values.Count), start);
                    values.Add(step[0]);
                }
                gathered.Add([data[0].Values.Span[t]], time);
            }
            Assert.Equal(whole.Times!.DateAt(values.Count), gathered.Peek(step));
            values.Add(step[0]);
            Assert.Equal(whole.Values.ToArray(), values);
            gathered.Reset();
        }
    }

    [Fact]
    public void A_step_takes_no_value_of_another_and_none_of_another_width()
    {
        var gathered = new ResampledSteps(new Resampling(TimeSpan.FromHours(1)), 1);
        Assert.Throws<InvalidOperationException>(() => gathered.Peek(new float[1]));
        Assert.Throws<ArgumentException>(() => gathered.Add([1, 2], _start));
        gathered.Add([1], _start);
        Assert.Throws<ArgumentException>(() => gathered.Add([1], _start.AddHours(1)));
        Assert.Throws<ArgumentException>(() => gathered.Add([1], _start.AddHours(-1)));
        Assert.Throws<ArgumentException>(() => gathered.Peek(new float[2]));
        Assert.False(gathered.TryTake(_start.AddHours(-1), new float[1], out _));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ResampledSteps(new Resampling(TimeSpan.Zero), 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ResampledSteps(new Resampling(TimeSpan.FromHours(1)), 0));
    }

    private static SequenceDataset Data(double[] minutes, float[] values) => new(1, [],
        [new Sequence(values, 1) { Times = SequenceTimes.Of(minutes.Select(minute => _start.AddMinutes(minute))) }]);
}
