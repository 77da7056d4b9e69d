using System.Numerics.Tensors;

namespace Elman.Tests.Sequences;

public class SequenceDatasetTests
{
    private static readonly SequenceDataset _data = new(
        2, ["a", "b", "c"], [Of(3, 1), Of(1, 0), Of(5, 1), Of(2, Sequence.NoLabel)], "file.ts");

    [Fact]
    public void A_data_set_counts_its_sequences_and_steps() =>
        Assert.Equal((4, 11L, 1, 5), (_data.Count, _data.TotalSteps, _data.MinSteps, _data.MaxSteps));

    [Fact]
    public void Without_a_sequence_all_counts_are_0()
    {
        var empty = new SequenceDataset(1, [], []);
        Assert.Equal((0, 0L, 0, 0), (empty.Count, empty.TotalSteps, empty.MinSteps, empty.MaxSteps));
        Assert.Empty(empty.CountByClass());
    }

    [Fact]
    public void Class_counts_omit_unlabelled_sequences() => Assert.Equal([1, 2, 0], _data.CountByClass());

    [Fact]
    public void A_subset_has_the_sequences_requested_in_that_order()
    {
        SequenceDataset subset = _data.Subset([2, 0, 2]);
        Assert.Equal([5, 3, 5], subset.Select(sequence => sequence.Steps));
        Assert.Equal((2, "file.ts", 3), (subset.Channels, subset.Name, subset.ClassLabels.Count));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(4)]
    public void An_index_outside_is_refused(int index)
    {
        Assert.Throws<IndexOutOfRangeException>(() => _data[index]);
        Assert.Throws<IndexOutOfRangeException>(() => _data.Subset([0, index]));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-3)]
    public void Fewer_channels_than_one_are_refused(int channels) =>
        Assert.Throws<ArgumentOutOfRangeException>(nameof(channels), () => new SequenceDataset(channels, [], []));

    [Fact]
    public void A_class_listed_twice_is_refused_by_name() =>
        Assert.Contains("'b'", Assert.Throws<ArgumentException>("classLabels", () => new SequenceDataset(1, ["a", "b", "b"], [])).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Another_number_of_channels_is_refused_with_the_sequence()
    {
        var e = Assert.Throws<ArgumentException>(
            "sequences", () => new SequenceDataset(2, [], [Of(1, -1), new Sequence(new float[3], 3)], "file.ts"));
        Assert.Contains("Sequence 2 of 'file.ts' has 3 channels; the data set has 2", e.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>("sequences", () => new SequenceDataset(1, [], [default]));
    }

    [Fact]
    public void A_label_without_a_class_is_refused_with_the_sequence()
    {
        var e = Assert.Throws<ArgumentException>("sequences", () => new SequenceDataset(2, ["a"], [Of(1, 0), Of(1, 1)], "file.ts"));
        Assert.Contains("Sequence 2 of 'file.ts' has label 1; the data set has 1 class", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_tensor_becomes_one_sequence_a_row()
    {
        Tensor<float> x = Tensor.Create([.. Enumerable.Range(0, 12).Select(i => (float)i)], [2, 3, 2]);
        var data = SequenceDataset.FromTensor(x, ["late", "early"], "cube");
        Assert.Equal(["late", "early"], data.ClassLabels);
        Assert.Equal([0, 1], data.Select(sequence => sequence.Label));
        Assert.Equal([0, 1, 2, 3, 4, 5], data[0].Values.ToArray());
        Assert.Equal([6, 7, 8, 9, 10, 11], data[1].Values.ToArray());
        x[0, 0, 0] = 99;
        Assert.Equal(0, data[0].Values.Span[0]);
    }

    [Fact]
    public void A_tensor_may_come_without_labels()
    {
        var data = SequenceDataset.FromTensor(Tensor.CreateFromShape<float>([2, 3, 1]), []);
        Assert.All(data, sequence => Assert.Equal(Sequence.NoLabel, sequence.Label));
        Assert.Empty(data.ClassLabels);
    }

    [Theory]
    [InlineData(6)]
    [InlineData(2, 3)]
    [InlineData(2, 0, 3)]
    [InlineData(2, 3, 0)]
    [InlineData(1, 2, 3, 1)]
    public void A_tensor_of_another_shape_is_refused(params int[] shape)
    {
        Tensor<float> x = Tensor.CreateFromShape<float>([.. shape.Select(length => (nint)length)]);
        Assert.Throws<ArgumentException>("x", () => SequenceDataset.FromTensor(x, []));
    }

    [Fact]
    public void Labels_of_another_number_are_refused() =>
        Assert.Throws<ArgumentException>("labels", () => SequenceDataset.FromTensor(Tensor.CreateFromShape<float>([2, 3, 1]), ["a"]));

    private static Sequence Of(int steps, int label) => new(new float[steps * 2], 2, label);
}
