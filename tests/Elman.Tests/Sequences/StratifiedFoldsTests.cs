using Elman.Sequences;

namespace Elman.Tests.Sequences;

public sealed class StratifiedFoldsTests
{
    [Theory]
    [InlineData(2, 2)]
    [InlineData(20, 3)]
    [InlineData(21, 5)]
    [InlineData(7, 7)]
    [InlineData(7, BaselineOptions.LeaveOneOut)]
    public void Every_sequence_is_left_out_once_and_parts_differ_by_one_at_most(int count, int folds)
    {
        SequenceDataset data = Waves.Create(count, seed: 1);
        int[][] parts = StratifiedFolds.Draw(data, folds, new SeededRandom(3));
        Assert.Equal(Math.Min(folds, count), parts.Length);
        Assert.Equal(Enumerable.Range(0, count), parts.SelectMany(part => part).Order());
        Assert.True(parts.Max(part => part.Length) - parts.Min(part => part.Length) <= 1);
        for (int label = 0; label < 2; label++)
            Assert.True(parts.Max(part => part.Count(i => data[i].Label == label))
                - parts.Min(part => part.Count(i => data[i].Label == label)) <= 1);
    }

    [Fact]
    public void Another_seed_draws_others()
    {
        SequenceDataset data = Waves.Create(40, seed: 1);
        Assert.Equal(StratifiedFolds.Draw(data, 4, new SeededRandom(1)), StratifiedFolds.Draw(data, 4, new SeededRandom(1)));
        Assert.NotEqual(StratifiedFolds.Draw(data, 4, new SeededRandom(1)), StratifiedFolds.Draw(data, 4, new SeededRandom(2)));
    }
}
