using Elman.Sequences;

namespace Elman.Tests.Sequences;

public class StratifiedSplitTests
{
    [Theory]
    [InlineData(0.2, 10, 2)]
    [InlineData(0.25, 10, 3)]
    [InlineData(0.24, 10, 2)]
    [InlineData(0.01, 10, 1)]
    [InlineData(0.99, 10, 9)]
    [InlineData(0.5, 2, 1)]
    [InlineData(0.01, 2, 1)]
    [InlineData(0.99, 2, 1)]
    [InlineData(0.49, 1, 0)]
    [InlineData(0.99, 1, 0)]
    public void A_class_keeps_its_share_rounded_with_at_least_one_on_either_side(double share, int members, int heldOut)
    {
        (SequenceDataset kept, SequenceDataset held) = StratifiedSplit.Draw(Data(members, 40), share, new SeededRandom(1));
        Assert.Equal(heldOut, held.CountByClass()[0]);
        Assert.Equal(members - heldOut, kept.CountByClass()[0]);
    }

    [Fact]
    public void Every_sequence_is_in_one_part_in_the_order_of_the_data()
    {
        SequenceDataset data = Data(7, 30, 2, 0, 1);
        (SequenceDataset kept, SequenceDataset held) = StratifiedSplit.Draw(data, 0.3, new SeededRandom(5));
        float[] k = Marks(kept), h = Marks(held);
        Assert.Equal(k.Order(), k);
        Assert.Equal(h.Order(), h);
        Assert.Equal(Marks(data), k.Concat(h).Order());
    }

    [Fact]
    public void The_seed_decides_who_is_held_out()
    {
        SequenceDataset data = Data(50, 50);
        float[] Held(int seed) => Marks(StratifiedSplit.Draw(data, 0.2, new SeededRandom(seed)).HeldOut);
        Assert.Equal(Held(1), Held(1));
        Assert.NotEqual(Held(1), Held(2));
    }

    [Fact]
    public void Everyone_may_be_held_out()
    {
        SequenceDataset data = Data(10, 10);
        var seen = Enumerable.Range(0, 60)
            .SelectMany(seed => Marks(StratifiedSplit.Draw(data, 0.2, new SeededRandom(seed)).HeldOut)).Distinct();
        Assert.Equal(20, seen.Count());
    }

    /// <summary>Returns the given number of sequences of each class, in mixed order; the only value of a sequence is its index.</summary>
    private static SequenceDataset Data(params int[] members)
    {
        var labels = new List<int>();
        for (int round = 0; labels.Count < members.Sum(); round++)
            labels.AddRange(Enumerable.Range(0, members.Length).Where(label => round < members[label]));
        return new SequenceDataset(
            1, members.Select((_, i) => $"class {i}"), labels.Select((label, i) => new Sequence(new float[] { i }, 1, label)));
    }

    private static float[] Marks(SequenceDataset data) => [.. data.Select(sequence => sequence.Values.Span[0])];
}
