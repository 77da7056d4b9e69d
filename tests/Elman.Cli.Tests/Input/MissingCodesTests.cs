using Elman.Cli.Input;

namespace Elman.Cli.Tests.Input;

public sealed class MissingCodesTests
{
    [Theory]
    [InlineData(-999, 2, "-999 in channel 1 (2 times) is far from all other values")]
    [InlineData(-99.9, 1, "-99.9 in channel 1 (once) is far from all other values")]
    [InlineData(9999, 3, "9999 in channel 1 (3 times) is far")]
    [InlineData(-998, 2, null)]
    [InlineData(-9, 2, null)]
    [InlineData(19.99, 2, null)]
    [InlineData(99, 0, null)]
    public void Numbers_of_nines_far_from_all_others_are_reported(double code, int count, string? says)
    {
        float[] values = [.. Enumerable.Range(0, 12).Select(i => (float)i), .. Enumerable.Repeat((float)code, count), float.NaN];
        var data = new SequenceDataset(1, [], [new Sequence(values, 1)]);
        if (says is null)
            Assert.Empty(MissingCodes.Report(data));
        else
            Assert.StartsWith(says, Assert.Single(MissingCodes.Report(data)), StringComparison.Ordinal);
    }

    [Fact]
    public void Where_other_values_are_far_apart_too_nothing_is_reported() => Assert.Empty(MissingCodes.Report(
        new SequenceDataset(1, [], [new Sequence(Enumerable.Range(-50, 100).Select(i => 17f * i).Append(-999).ToArray(), 1)])));
}
