using Elman.Optimizers;

namespace Elman.Tests.Optimizers;

public class ScheduleTests
{
    [Theory]
    [InlineData(LearningRateSchedule.Constant, 0, 0.4)]
    [InlineData(LearningRateSchedule.Constant, 5, 0.4)]
    [InlineData(LearningRateSchedule.Constant, 11, 0.4)]
    [InlineData(LearningRateSchedule.Cosine, 0, 0.4)]
    [InlineData(LearningRateSchedule.Cosine, 4, 0.3)]
    [InlineData(LearningRateSchedule.Cosine, 6, 0.2)]
    [InlineData(LearningRateSchedule.Cosine, 8, 0.1)]
    [InlineData(LearningRateSchedule.Cosine, 12, 0)]
    public void The_rate_at_a_step_of_twelve(LearningRateSchedule schedule, long step, double expected) =>
        Assert.Equal(expected, Schedule.RateAt(schedule, 0.4, step, 12), 1e-15);

    [Fact]
    public void The_cosine_never_rises_and_never_reaches_0()
    {
        double[] rates = [.. Enumerable.Range(0, 1000).Select(step => Schedule.RateAt(LearningRateSchedule.Cosine, 1, step, 1000))];
        Assert.All(rates.Zip(rates.Skip(1)), pair => Assert.True(pair.First > pair.Second));
        Assert.True(rates[^1] > 0);
    }

    [Fact]
    public void A_schedule_that_is_none_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>("schedule", () => Schedule.RateAt((LearningRateSchedule)7, 1, 0, 1));
}
