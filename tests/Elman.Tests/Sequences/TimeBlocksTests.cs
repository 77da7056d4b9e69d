using Elman.Sequences;

namespace Elman.Tests.Sequences;

public sealed class TimeBlocksTests
{
    [Theory]
    [InlineData(2, 3)]
    [InlineData(3, 1)]
    public void Each_step_is_evaluated_in_one_part_and_hidden_from_what_that_part_learns_from(int parts, int horizon)
    {
        const int Steps = 203;
        var data = new SequenceDataset(1, [], [new Sequence(new float[Steps], 1)]);
        int[] judged = new int[Steps];
        (SequenceDataset Others, SequenceDataset Blocks)[] all = [.. TimeBlocks.Of(data, parts, horizon, parts)];
        Assert.Equal(parts, all.Length);
        foreach ((SequenceDataset others, SequenceDataset blocks) in all)
        {
            for (int t = 0; t < Steps; t++)
            {
                Assert.NotEqual(others[0].IsJudged(t), blocks[0].IsJudged(t));
                judged[t] += blocks[0].IsJudged(t) ? 1 : 0;
            }
            // Several blocks, at all times.
            Assert.Contains(Enumerable.Range(0, Steps / 3), blocks[0].IsJudged);
            Assert.Contains(Enumerable.Range(2 * Steps / 3, Steps / 3), blocks[0].IsJudged);
        }
        Assert.All(judged, count => Assert.Equal(1, count));
    }

    [Fact]
    public void Sequences_that_are_too_short_are_trained_on_and_not_evaluated()
    {
        var data = new SequenceDataset(1, [], [new Sequence(new float[20], 1), new Sequence(new float[200], 1)]);
        (SequenceDataset others, SequenceDataset blocks) = TimeBlocks.Of(data, parts: 2, horizon: 5, least: 2).First();
        Assert.Equal((2, 1), (others.Count, blocks.Count));
        Assert.True(others[0].IsJudged(0));
        Assert.Empty(TimeBlocks.Of(data.Subset([0]), parts: 2, horizon: 5, least: 2));
    }
}
