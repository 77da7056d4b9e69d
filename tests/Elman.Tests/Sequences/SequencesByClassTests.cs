using Elman.Sequences;

namespace Elman.Tests.Sequences;

public sealed class SequencesByClassTests
{
    [Fact]
    public void Sequences_without_a_class_come_first_then_those_of_each_class_in_the_order_of_the_data()
    {
        int[] labels = [2, Sequence.NoLabel, 0, 2, Sequence.NoLabel, 0, 0];
        var data = new SequenceDataset(1, ["a", "b", "c"], labels.Select(label => new Sequence(new float[] { 1 }, 1, label)));
        Assert.Equal<IEnumerable<int>>([[1, 4], [2, 5, 6], [], [0, 3]], SequencesByClass.Of(data));
    }
}
