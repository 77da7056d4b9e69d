using Elman.Baselines;

namespace Elman.Tests.Baselines;

public sealed class WarpedSearchTests
{
    [Theory]
    [InlineData(false, 1, 0.1)]
    [InlineData(false, 3, 0.1)]
    [InlineData(true, 1, 0.1)]
    [InlineData(true, 3, 0.3)]
    [InlineData(false, 2, 0)]
    [InlineData(false, 2, 1)]
    public void Lower_bounds_change_nothing(bool ragged, int channels, double window)
    {
        SequenceDataset train = Waves.Create(60, seed: 1, ragged, channels), test = Waves.Create(30, seed: 2, ragged, channels);
        WarpedSearch with = new(train, window), without = new(train, window) { UsesBounds = false };
        foreach (Sequence sequence in test)
            Assert.Equal(without.Nearest(sequence, default), with.Nearest(sequence, default));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Of_equally_near_sequences_the_first_is_the_nearest(bool bounds)
    {
        SequenceDataset data = Waves.Create(20, seed: 1);
        WarpedSearch search = new(data.Subset(Enumerable.Range(0, 20).Concat(Enumerable.Range(0, 20))), 0.1) { UsesBounds = bounds };
        for (int i = 0; i < 20; i++)
            Assert.Equal((i, 0), search.Nearest(data[i], default));
        // Halves of whole numbers, so many sequences have exactly the same distance.
        SequenceDataset steps = Of([0, 2, 4], [4, 2, 0], [0, 2, 4], [2, 0, 2], [2, 4, 2]);
        Assert.Equal(
            3, new WarpedSearch(steps, 0) { UsesBounds = bounds }.Nearest(new Sequence(new float[] { 2, 2, 2 }, 1), default).Index);
        Assert.Equal(0, new WarpedSearch(steps.Subset([0, 1, 2]), 0) { UsesBounds = bounds }
            .Nearest(new Sequence(new float[] { 2, 2, 2 }, 1), default).Index);
    }

    [Fact]
    public void Gaps_are_filled_along_straight_lines_and_empty_channels_by_the_mean()
    {
        SequenceDataset train = Of([0, 1, 2, 3], [3, 2, 1, 0]);
        var search = new WarpedSearch(train, 0.1);
        Assert.Equal((0, 0), search.Nearest(new Sequence(new float[] { 0, float.NaN, float.NaN, 3 }, 1), default));
        (int index, double distance) = search.Nearest(new Sequence(new float[] { float.NaN, float.NaN, float.NaN, float.NaN }, 1), default);
        Assert.Equal(search.Nearest(new Sequence(new float[] { 1.5f, 1.5f, 1.5f, 1.5f }, 1), default), (index, distance));
        Assert.True(distance > 0);
    }

    [Fact]
    public void Channels_count_by_their_deviations_not_by_their_units()
    {
        SequenceDataset small = Waves.Create(40, seed: 3, channels: 2), test = Waves.Create(20, seed: 4, channels: 2);
        WarpedSearch plain = new(small, 0.1), scaled = new(Scaled(small), 0.1);
        SequenceDataset scaledTest = Scaled(test);
        for (int i = 0; i < test.Count; i++)
            Assert.Equal(plain.Nearest(test[i], default).Index, scaled.Nearest(scaledTest[i], default).Index);

        static SequenceDataset Scaled(SequenceDataset data) => new(2, data.ClassLabels,
            data.Select(s => new Sequence(s.Values.ToArray().Select((v, i) => i % 2 == 0 ? v : 1024 * v).ToArray(), 2, s.Label)));
    }

    private static SequenceDataset Of(params float[][] sequences) => new(1, ["x"], sequences.Select(values => new Sequence(values, 1, 0)));
}
