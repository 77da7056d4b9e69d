namespace Elman.Tests.Sequences;

public class SequenceTests
{
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(3, 3, 1)]
    [InlineData(12, 3, 4)]
    [InlineData(12, 1, 12)]
    public void A_sequence_counts_its_steps(int values, int channels, int steps) =>
        Assert.Equal(steps, new Sequence(new float[values], channels).Steps);

    [Fact]
    public void A_sequence_refers_to_the_given_memory()
    {
        float[] values = [1, 2, 3, 4];
        var sequence = new Sequence(values.AsMemory(1, 2), 2);
        values[1] = 7;
        Assert.Equal([7, 3], sequence.Values.ToArray());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void Fewer_channels_than_one_are_refused(int channels) =>
        Assert.Throws<ArgumentOutOfRangeException>(nameof(channels), () => new Sequence(new float[2], channels));

    [Theory]
    [InlineData(-2)]
    [InlineData(int.MinValue)]
    public void A_label_below_minus_one_is_refused(int label)
    {
        Assert.Throws<ArgumentOutOfRangeException>(nameof(label), () => new Sequence(new float[2], 1, label));
        Assert.Throws<ArgumentOutOfRangeException>(nameof(label), () => new Sequence(new float[2], 1).WithLabel(label));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 2)]
    [InlineData(7, 3)]
    public void Values_that_make_no_whole_steps_are_refused(int values, int channels) =>
        Assert.Throws<ArgumentException>(nameof(values), () => new Sequence(new float[values], channels));

    [Fact]
    public void Without_a_label_it_has_none() => Assert.Equal(Sequence.NoLabel, new Sequence(new float[1], 1).Label);

    [Fact]
    public void Another_label_leaves_the_rest()
    {
        var sequence = new Sequence(new float[6], 2, 1);
        Assert.Equal((3, 2, 5), (sequence.WithLabel(5).Steps, sequence.WithLabel(5).Channels, sequence.WithLabel(5).Label));
        Assert.Equal(1, sequence.Label);
    }

    [Fact]
    public void One_that_was_never_made_has_no_steps() => Assert.Equal(0, default(Sequence).Steps);
}
