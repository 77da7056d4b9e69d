using Elman.Training;

namespace Elman.Tests.Training;

public sealed class ShapeOptionsTests
{
    [Theory]
    [InlineData("8", "1:8", true)] // the only channel is the first
    [InlineData("8", "2:8", false)]
    [InlineData("8", "1:9", false)]
    [InlineData("2:4,1:8", "1:8,2:4", true)]
    [InlineData("1:8", "1:8,2:4", false)]
    public void Embeddings_are_the_same_by_channel_and_size_in_any_order(string some, string others, bool areSame)
    {
        TrainingOptions one = new() { Inputs = new() { Embed = Embeddings.Parse(some) } },
            other = new() { Inputs = new() { Embed = Embeddings.Parse(others) } };
        Assert.Equal(areSame ? 0 : 1, ShapeOptions.Differences(one, other).Count);
        Assert.Equal(areSame ? 0 : 1, ShapeOptions.Contradictions(other, one).Count);
    }
}
