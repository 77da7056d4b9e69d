namespace Elman.Tests.Sequences;

public class SequenceTests
{
    [Fact]
    public void A_sequence_counts_its_steps() => Assert.Equal(1, new Sequence(new float[3], 3).Steps);
}
