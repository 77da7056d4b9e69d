using Elman.Learners;

namespace Elman.Tests.Learners;

public sealed class TemperatureScaleTests
{
    [Theory]
    [InlineData(2, false, 20_000)]
    [InlineData(1000, false, 20_000)]
    [InlineData(4000, false, 5000)]
    [InlineData(4000, true, 1000)]
    [InlineData(100_000_000, true, 1)]
    public void Of_very_many_classes_fewer_cases_are_enough(int outputs, bool areSteps, int expected)
    {
        var sequence = new Sequence(new float[5], 1);
        var held = new SequenceDataset(1, [], Enumerable.Repeat(sequence, 21_000));
        Assert.Equal(Enumerable.Range(0, expected), TemperatureScale.Some(held, outputs, areSteps));
    }
}
