using Elman.Comparison.Measuring;

namespace Elman.Comparison.Tests.Measuring;

public class EffortTests
{
    private static readonly Effort _effort = new(Budget: 2, Limit: 60, Turn: 0.02, Rounds: null);

    [Theory]
    [InlineData(4, 59, true)] // too few rounds yet
    [InlineData(5, 59, false)]
    [InlineData(5, 3.9, true)] // budget left
    [InlineData(5, 4.1, false)]
    [InlineData(1, 61, false)] // the limit ends even a row with few rounds
    [InlineData(0, 1000, true)] // but not before its first
    public void Rounds_continue_until_there_are_five_and_the_budget_is_spent(int done, double elapsed, bool more) =>
        Assert.Equal(more, _effort.WantsMore(done, elapsed, rivals: 2));

    [Theory]
    [InlineData(2, 0, true)]
    [InlineData(2, 1000, true)]
    [InlineData(3, 0, false)]
    public void A_given_number_of_rounds_is_kept_to(int done, double elapsed, bool more) =>
        Assert.Equal(more, (_effort with { Rounds = 3 }).WantsMore(done, elapsed, rivals: 2));
}
