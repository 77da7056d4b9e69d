using Elman.Sequences;

namespace Elman.Tests.Sequences;

public unsafe class SequenceBatchTests
{
    [Fact]
    public void Longer_sequences_come_first_and_equal_ones_stay_in_order()
    {
        using var batch = new SequenceBatch<float>();
        batch.Fill(Data(1, 3, 1, 2, 3, 1), [0, 1, 2, 3, 4, 5], null);
        Assert.Equal([1, 4, 3, 0, 2, 5], batch.Order);
        Assert.Equal([3, 3, 2, 1, 1, 1], batch.Lengths);
        Assert.Equal([1, 4, 3, 0, 2, 5], batch.Labels);
    }

    [Fact]
    public void Every_step_has_a_row_for_each_sequence_that_still_runs()
    {
        using var batch = new SequenceBatch<float>();
        batch.Fill(Data(1, 3, 1, 2, 3, 1), [0, 1, 2, 3, 4, 5], null);
        Assert.Equal((6, 3, 1, 11), (batch.Count, batch.Steps, batch.Channels, batch.Rows));
        Assert.Equal([0, 6, 9, 11], Enumerable.Range(0, 4).Select(batch.RowOf));
        Assert.Equal([6, 3, 2], Enumerable.Range(0, 3).Select(batch.ActiveAt));
    }

    [Fact]
    public void The_values_of_a_step_stand_together()
    {
        var data = new SequenceDataset(2, [], [new Sequence(new float[] { 1, 2 }, 2), new Sequence(new float[] { 3, 4, 5, 6 }, 2)]);
        using var batch = new SequenceBatch<double>();
        batch.Fill(data, [0, 1], null);
        Assert.Equal([3, 4, 1, 2, 5, 6], Values(batch));
    }

    [Fact]
    public void A_batch_takes_the_given_sequences_even_twice()
    {
        using var batch = new SequenceBatch<float>();
        batch.Fill(Data(2, 5, 4), [2, 0, 2], null);
        Assert.Equal([0, 2, 1], batch.Order);
        Assert.Equal([2, 2, 0], batch.Labels);
    }

    [Fact]
    public void Values_are_standardised_on_the_way_channel_by_channel()
    {
        var data = new SequenceDataset(2, [], [new Sequence(new float[] { 10, 7, 30, 3 }, 2)]);
        using var batch = new SequenceBatch<float>();
        batch.Fill(data, [0], new Preprocessing(MissingValues.Refuse, 2, new Standardization([20, 5], [10, 0.5])));
        Assert.Equal([-1, 4, 1, -4], Values(batch));
    }

    [Fact]
    public void Equally_long_sequences_are_laid_out_by_time()
    {
        using var batch = new SequenceBatch<double>();
        batch.Fill([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], count: 2, steps: 3, channels: 2);
        Assert.Equal([1, 2, 7, 8, 3, 4, 9, 10, 5, 6, 11, 12], Values(batch));
        Assert.Equal([Sequence.NoLabel, Sequence.NoLabel], batch.Labels);
        Assert.Equal([0, 1], batch.Order);
    }

    [Fact]
    public void A_batch_of_nothing_has_no_rows()
    {
        using var batch = new SequenceBatch<float>();
        batch.Fill(Data(3), [], null);
        Assert.Equal((0, 0, 0), (batch.Count, batch.Steps, batch.Rows));
    }

    [Fact]
    public void What_a_larger_batch_left_does_not_show()
    {
        using var batch = new SequenceBatch<float>();
        batch.Fill(Data(9, 8, 7, 6), [0, 1, 2, 3], null);
        batch.Fill(Data(1, 2), [0, 1], null);
        Assert.Equal([1, 0], batch.Order);
        Assert.Equal([2, 1], batch.Lengths);
        Assert.Equal((2, 2, 3), (batch.Count, batch.Steps, batch.Rows));
        Assert.Equal([100, 0, 101], Values(batch));
    }

    [Fact]
    public void After_the_largest_batch_nothing_is_allocated()
    {
        SequenceDataset data = Data(5, 9, 2, 7);
        var preprocessing = new Preprocessing(MissingValues.Refuse, 1, new Standardization([1], [2]));
        int[] all = [0, 1, 2, 3], some = [3, 2];
        using var batch = new SequenceBatch<float>();
        batch.Fill(data, all, preprocessing);
        Assert.Equal(0, Allocations.Of(() =>
        {
            for (int i = 0; i < 100; i++)
                batch.Fill(data, i % 2 == 0 ? some : all, preprocessing);
        }));
    }

    /// <summary>Returns sequences of one channel; the values of sequence i are 100·i, 100·i + 1, …, its label is i.</summary>
    private static SequenceDataset Data(params int[] steps) => new(1, steps.Select((_, i) => $"class {i}"), steps.Select((count, i) =>
        new Sequence(Enumerable.Range(100 * i, count).Select(value => (float)value).ToArray(), 1, i)));

    private static double[] Values<T>(SequenceBatch<T> batch)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T> =>
        [.. new ReadOnlySpan<T>(batch.Inputs, batch.Rows * batch.Channels).ToArray().Select(double.CreateChecked)];
}
