using System.Globalization;
using Elman.Tests.Kernels;

namespace Elman.Tests.Sequences;

public sealed class ValueOffsetsTests
{
    [Theory]
    [InlineData("5800000.1", 5800000)]
    [InlineData("5800000.123", 5799999)]
    [InlineData("-1700000000.5", -1700000001)]
    [InlineData("1700000009", 1700000000)]
    [InlineData("1699999991.1", 1699999990)]
    [InlineData("4503599627370000.5", 4503599627370000)]
    public void A_value_less_its_offset_is_written_as_it_was(string text, double offset)
    {
        float value = (float)(double.Parse(text, CultureInfo.InvariantCulture) - offset);
        Assert.Equal(text, ValueOffsets.Format(value, offset));
        Assert.Equal(double.Parse(text, CultureInfo.InvariantCulture), ValueOffsets.Restore(value, offset));
    }

    [Fact]
    public void What_is_written_is_read_back_as_the_same_float()
    {
        var random = new Random(1);
        for (int i = 0; i < 20_000; i++)
        {
            double offset = Math.Truncate(random.NextDouble() * Math.Pow(10, random.Next(3, 15))) * (random.Next(2) == 0 ? 1 : -1);
            double exact = offset + (random.NextDouble() * Math.Pow(10, random.Next(-3, 6)));
            float value = (float)(exact - offset);
            double restored = ValueOffsets.Restore(value, offset);
            Assert.Equal(BitConverter.SingleToInt32Bits(value), BitConverter.SingleToInt32Bits((float)(restored - offset)));
        }
    }

    [Theory]
    [InlineData(float.NaN, "NaN")]
    [InlineData(1e30f, "1.0000000150474662E+30")]
    [InlineData(-2e16f, "-19999998845128450")]
    public void Values_far_from_decimals_are_written_too(float value, string text) =>
        Assert.Equal(text, ValueOffsets.Format(value, 1700000000));

    [Theory]
    [InlineData(0.5)]
    [InlineData(double.NaN)]
    [InlineData(1e16)]
    public void An_offset_is_a_whole_number_that_doubles_hold(double offset)
    {
        Assert.Throws<ArgumentException>(() => new ValueOffsets([offset]));
        Assert.Throws<ArgumentException>(() => new ValueOffsets([], new Dictionary<string, double> { ["y"] = offset }));
    }

    [Fact]
    public void Offsets_of_zero_are_none()
    {
        Assert.True(new ValueOffsets([0, 0], new Dictionary<string, double> { ["y"] = 0 }).IsNone);
        Assert.False(new ValueOffsets([0, 1]).IsNone);
        Assert.Equal(0, new ValueOffsets([1]).OfChannel(1));
        Assert.Equal(0, new ValueOffsets([1]).OfChannel(-1));
        Assert.Equal(0, ValueOffsets.None.OfTarget("y"));
    }

    [Fact]
    public void Data_with_other_offsets_have_the_same_values_in_all()
    {
        SequenceDataset data = Data(new ValueOffsets([100, 0], new Dictionary<string, double> { ["y"] = 1000 }));
        SequenceDataset other = data.WithOffsets(new ValueOffsets([98, 7]));
        SameBits.Assert<float>([3, -5, 4, -4], other[0].Values.Span);
        SameBits.Assert<float>([1005], other[0].Targets.Span);
        Assert.Equal([98, 7], other.Offsets.Channels);
        Assert.Same(data, data.WithOffsets(new ValueOffsets([100, 0], new Dictionary<string, double> { ["y"] = 1000 })));
        Assert.Equal("a", other[0].Id);
    }

    [Fact]
    public void There_is_one_for_each_channel_or_none() =>
        Assert.Contains("3 offsets for the 2 channels", Assert.Throws<ArgumentException>(() => Data(new ValueOffsets([1, 2, 3]))).Message,
            StringComparison.Ordinal);

    private static SequenceDataset Data(ValueOffsets offsets) =>
        new(2, [], [new Sequence(new float[] { 1, 2, 2, 3 }, 2) { Id = "a" }.WithTargets(new float[] { 5 })], "data", ["y"])
        {
            Offsets = offsets,
        };
}
