using Elman.Sequences;

namespace Elman.Tests.Sequences;

/// <summary>No split separates the sequences of a group.</summary>
public static class SequenceGroupsTests
{
    [Theory]
    [InlineData(12, 3, 0.3)]
    [InlineData(40, 7, 0.25)]
    [InlineData(9, 9, 0.5)]
    [InlineData(30, 2, 0.1)]
    public static void A_share_that_is_held_out_is_of_whole_groups(int count, int groups, double share)
    {
        SequenceDataset data = Grouped(count, groups);
        for (int seed = 0; seed < 20; seed++)
        {
            (SequenceDataset kept, SequenceDataset held) = StratifiedSplit.Draw(data, share, new SeededRandom(seed));
            Assert.Equal(count, kept.Count + held.Count);
            Assert.Empty(GroupsOf(kept).Intersect(GroupsOf(held)));
            Assert.Equal(Math.Clamp((int)Math.Round(share * groups, MidpointRounding.AwayFromZero), 1, groups - 1), GroupsOf(held).Count());
        }
    }

    [Theory]
    [InlineData(40, 7)]
    [InlineData(30, 5)]
    [InlineData(30, 3)]
    public static void Folds_are_of_whole_groups_and_about_equally_large(int count, int groups)
    {
        SequenceDataset data = Grouped(count, groups);
        int[][] folds = StratifiedFolds.Draw(data, 5, new SeededRandom(3));
        Assert.Equal(Math.Min(5, groups), folds.Length);
        Assert.Equal(Enumerable.Range(0, count), folds.SelectMany(fold => fold).Order());
        string?[][] ofFolds = [.. folds.Select(fold => fold.Select(i => data[i].Group).Distinct().ToArray())];
        Assert.Equal(groups, ofFolds.Sum(fold => fold.Length));
        Assert.True(folds.Max(fold => fold.Length) - folds.Min(fold => fold.Length) <= (count + groups - 1) / groups);
    }

    [Fact]
    public static void A_sequence_without_a_group_is_alone()
    {
        SequenceDataset waves = Waves.Create(6, seed: 1);
        SequenceDataset data = new(1, waves.ClassLabels, waves.Select((wave, i) => i < 4 ? wave with { Group = "g" } : wave));
        Assert.Equal([[0, 1, 2, 3], [4], [5]], SequenceGroups.Of(data)!);
        Assert.Null(SequenceGroups.Of(waves));
    }

    private static IEnumerable<string?> GroupsOf(SequenceDataset data) => data.Select(sequence => sequence.Group).Distinct();

    private static SequenceDataset Grouped(int count, int groups)
    {
        SequenceDataset waves = Waves.Create(count, seed: 1);
        return new(1, waves.ClassLabels, waves.Select((wave, i) => wave with { Group = $"g{i * groups / count}" }));
    }
}
