namespace Elman.Tests.Sequences;

/// <summary>Ids that are looked up on access, and data sets over lists that create their sequences.</summary>
public sealed class SequenceIdTests
{
    [Fact]
    public void An_id_of_a_list_is_the_same_as_the_text()
    {
        var sequence = new Sequence(new float[] { 1 }, 1);
        Sequence looked = sequence.WithId(["a", "b"], 1), given = sequence with { Id = "b" };
        Assert.Equal("b", looked.Id);
        Assert.Equal(given, looked);
        Assert.Equal(given.GetHashCode(), looked.GetHashCode());
        Assert.NotEqual(sequence.WithId(["a", "b"], 0), looked);
        Assert.NotEqual(sequence, looked);
        Assert.Null(sequence.Id);
        Assert.Equal("c", (looked with { Id = "c" }).Id);
        Assert.Null((looked with { Id = null }).Id);
        Assert.Equal("b", looked.WithLabel(0).Id);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(2)]
    public void An_id_outside_the_list_is_refused(int index) => Assert.Throws<ArgumentOutOfRangeException>(
        () => new Sequence(new float[] { 1 }, 1).WithId(["a", "b"], index));

    [Fact]
    public void A_data_set_over_a_list_keeps_it()
    {
        var list = new List<Sequence> { new(new float[] { 1 }, 1, 0), new(new float[] { 2, 3 }, 1, 1) };
        SequenceDataset data = SequenceDataset.Over(1, ["a", "b"], list, "made", channelNames: ["x"], warnings: ["w"]);
        Assert.Equal((2, 3, 1, 2), (data.Count, data.TotalSteps, data.MinSteps, data.MaxSteps));
        Assert.Throws<IndexOutOfRangeException>(() => data[2]);
        Assert.Throws<IndexOutOfRangeException>(() => data.Subset([-1]));
        Assert.Equal(["x"], data.ChannelNames);
        Assert.Equal(["w"], data.Warnings);
        Assert.Equal(list, data);
        list[0] = list[0].WithLabel(1);
        Assert.Equal(1, data[0].Label);
        Assert.Equal([1, 1], data.Subset([0, 1]).Select(sequence => sequence.Label));
    }

    [Fact]
    public void A_list_is_checked_as_sequences_are()
    {
        var list = new List<Sequence> { new(new float[] { 1, 2 }, 2, 3) };
        Assert.Throws<ArgumentNullException>(() => SequenceDataset.Over(1, [], null!));
        Assert.Throws<ArgumentException>(() => SequenceDataset.Over(1, ["a", "b", "c", "d"], list));
        Assert.Throws<ArgumentException>(() => SequenceDataset.Over(2, ["a"], list));
        Assert.Throws<ArgumentException>(() => SequenceDataset.Over(2, ["a", "b", "c", "d"], list, channelNames: ["x"]));
    }
}
