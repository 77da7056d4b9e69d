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
    public void Steps_that_are_even_already_stay_as_they_are()
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

    private static SequenceDataset Data(double[] minutes, float[] values) => new(1, [],
        [new Sequence(values, 1) { Times = SequenceTimes.Of(minutes.Select(minute => _start.AddMinutes(minute))) }]);
}
