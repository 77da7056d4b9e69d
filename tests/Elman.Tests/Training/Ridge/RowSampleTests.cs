using Elman.Training.Ridge;

namespace Elman.Tests.Training.Ridge;

public class RowSampleTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(RowSample.Capacity)]
    public void As_long_as_there_is_room_all_rows_are_kept(int count) =>
        Assert.Equal(Enumerable.Range(0, count).Select(i => (float)i), Kept(Enumerable.Range(0, count)).Order());

    [Fact]
    public void Which_are_kept_depends_neither_on_their_order_nor_on_pieces()
    {
        int[] rows = [.. Enumerable.Range(0, 3 * RowSample.Capacity)], shuffled = [.. rows];
        new SeededRandom(1).Shuffle(shuffled.AsSpan());
        float[] kept = Kept(rows);
        Assert.Equal(RowSample.Capacity, kept.Length);
        Assert.Equal(kept, Kept(shuffled));

        var first = new RowSample();
        Offer(first, rows[..5000]);
        RowSample clone = first.Clone();
        Offer(clone, rows[5000..]);
        Assert.Equal(kept, clone.Rows.Select(row => row.Features[0]));
    }

    [Fact]
    public void Rows_are_sampled_uniformly()
    {
        const int Count = 10 * RowSample.Capacity;
        float[] kept = Kept(Enumerable.Range(0, Count));
        Assert.Equal(0.5, kept.Average() / Count, 0.02); // three standard deviations of the mean
        Assert.Equal(RowSample.Capacity / 2.0, kept.Count(row => row % 2 == 0), 5 * Math.Sqrt(RowSample.Capacity / 4.0));
    }

    private static float[] Kept(IEnumerable<int> rows)
    {
        var sample = new RowSample();
        Offer(sample, rows);
        return [.. sample.Rows.Select(row => row.Features[0])];
    }

    /// <summary>Row i is step i % 3 of sequence i / 3.</summary>
    private static void Offer(RowSample sample, IEnumerable<int> rows)
    {
        foreach (int i in rows)
            sample.Offer([i], new RidgeCase(i / 3, i % 3, [0], 1));
    }
}
