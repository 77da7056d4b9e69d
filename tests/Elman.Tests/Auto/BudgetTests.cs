namespace Elman.Tests.Auto;

public sealed class BudgetTests
{
    [Theory]
    [InlineData(0, "Budget is 0 s; it must be above 0.")]
    [InlineData(-10_000_000, "Budget is -1 s; it must be above 0.")]
    public void A_budget_of_no_time_is_refused(long ticks, string why) => Assert.Contains(why, Assert.Throws<ArgumentException>(
        () => new SequenceClassifier(TrainingOptions.Auto with { Cell = new AutoOptions { Budget = TimeSpan.FromTicks(ticks) } })).Message,
        StringComparison.Ordinal);

    [Fact]
    public void A_budget_of_a_moment_is_taken() =>
        new SequenceClassifier(TrainingOptions.Auto with { Cell = new AutoOptions { Budget = TimeSpan.FromTicks(1) } }).Dispose();
}
