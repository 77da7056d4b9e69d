using Apache.Arrow;
using Apache.Arrow.Ipc;
using Apache.Arrow.Types;
using static Elman.Data.Columnar.Tests.Arrow.ArrowFiles;

namespace Elman.Data.Columnar.Tests.Arrow;

public class ArrowReadingTests
{
    private static SequenceDataset Read(DataFileOptions? options, params (string Name, IArrowArray Values)[] columns) =>
        Files.Read(Of(columns), "arrow", options);

    private static string Refused(params (string Name, IArrowArray Values)[] columns) => Files.Refused(Of(columns), "arrow");

    [Theory]
    [InlineData(false, null)]
    [InlineData(true, null)]
    [InlineData(false, CompressionCodecType.Lz4Frame)]
    [InlineData(true, CompressionCodecType.Zstd)]
    public void Files_and_streams_are_read_compressed_or_not(bool asStream, CompressionCodecType? codec)
    {
        foreach (string format in (string[])["arrow", "feather", "ipc"])
        {
            SequenceDataset data = Files.Read(Of(asStream, codec, ("id", Texts("a", "b", "a", "b")), ("label", Texts("u", "v", "u", "v")),
                ("x", Floats(1, 2, 3, 4))), format);
            Assert.Equal([[1f, 3], [2, 4]], data.Select(sequence => sequence.Values.ToArray()));
            Assert.Equal(["u", "v"], data.ClassLabels);
            Assert.Contains("Row 3: the id 'a' occurs again", data.Warnings[0], StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Numbers_of_every_type_are_values()
    {
        IArrowArray[] arrays =
        [
            new Int8Array.Builder().AppendRange([-1, 2]).Build(), new Int16Array.Builder().AppendRange([-1, 2]).Build(),
            new Int32Array.Builder().AppendRange([-1, 2]).Build(), new Int64Array.Builder().AppendRange([-1, 2]).Build(),
            new HalfFloatArray.Builder().AppendRange([(Half)(-1), (Half)2]).Build(), Floats(-1, 2),
            new DoubleArray.Builder().AppendRange([-1, 2]).Build(), Texts("-1", "2.0"),
            new Decimal128Array.Builder(new Decimal128Type(10, 3)).Append(-1m).Append(2m).Build(),
        ];
        SequenceDataset data = Read(new() { LabelColumn = "none", Format = DelimitedForm.Long },
            [.. arrays.Select((array, i) => ($"x{i}", array)), ("u8", new UInt8Array.Builder().AppendRange([255, 0]).Build()),
                ("u64", new UInt64Array.Builder().AppendRange([ulong.MaxValue, 0]).Build())]);
        float[] values = data[0].Values.ToArray();
        Assert.All(values[..9], value => Assert.Equal(-1f, value));
        Assert.Equal([255f, ulong.MaxValue], values[9..11]);
        Assert.All(values[11..20], value => Assert.Equal(2f, value));
    }

    [Fact]
    public void What_is_missing_is_missing_and_every_bit_is_kept()
    {
        DoubleArray doubles = new DoubleArray.Builder().AppendRange([0.1, double.NaN]).AppendNull().Append(-0d).Build();
        SequenceDataset data = Read(new() { LabelColumn = "none", Format = DelimitedForm.Long },
            ("x", doubles), ("y", Floats(float.MaxValue, 1e-45f, -0f, float.NaN)));
        Assert.Equal([0.1f, float.MaxValue, float.NaN, 1e-45f, float.NaN, -0f, -0f, float.NaN], data[0].Values.ToArray());
        Assert.Equal(0x80000000, BitConverter.SingleToUInt32Bits(data[0].Values.Span[5]));
    }

    [Fact]
    public void Whole_numbers_become_the_nearest_float_and_what_is_lost_is_reported()
    {
        SequenceDataset data = Read(new() { LabelColumn = "none", Format = DelimitedForm.Long },
            ("x", new Int64Array.Builder().AppendRange([9007199791611905, 9007199791611906, 9007199791611907]).Build()));
        Assert.Equal(float.Parse("9007199791611905", System.Globalization.CultureInfo.InvariantCulture), data[0].Values.Span[0]);
        Assert.Contains(data.Warnings, warning => warning.Contains("32-bit floats represent them only to", StringComparison.Ordinal));
    }

    [Fact]
    public void Dictionaries_of_texts_are_texts()
    {
        var type = new DictionaryType(Int8Type.Default, StringType.Default, ordered: false);
        var ids = new DictionaryArray(type, new Int8Array.Builder().AppendRange([1, 1, 0, 0]).Build(), Texts("a", "b"));
        var labels = new DictionaryArray(type, new Int8Array.Builder().Append(0).Append(0).AppendNull().AppendNull().Build(), Texts("u"));
        SequenceDataset data = Read(null, ("id", ids), ("label", labels), ("x", Floats(1, 2, 3, 4)));
        Assert.Equal(["b", "a"], data.Select(sequence => sequence.Id));
        Assert.Equal([0, -1], data.Select(sequence => sequence.Label));
    }

    [Theory]
    [InlineData(TimeUnit.Second, 1)]
    [InlineData(TimeUnit.Millisecond, 1_000)]
    [InlineData(TimeUnit.Microsecond, 1_000_000)]
    [InlineData(TimeUnit.Nanosecond, 1_000_000_000)]
    public void Times_of_every_unit_order_the_steps_and_show_gaps(TimeUnit unit, long second)
    {
        IArrowArray times = new TimestampArray(new TimestampType(unit, "UTC"), new ArrowBuffer.Builder<long>().AppendRange(
            new long[] { 0, 60, 180, 120, 240, 1000 }.Select(time => (1_700_000_000 + time) * second)).Build(), ArrowBuffer.Empty, 6, 0, 0);
        SequenceDataset data = Read(null, ("id", Texts("a", "a", "a", "a", "a", "a")), ("time", times),
            ("label", Texts("u", "u", "u", "u", "u", "u")), ("x", Floats(1, 2, 4, 3, 5, 6)));
        Assert.Equal([1f, 2, 3, 4, 5, 6], data[0].Values.ToArray());
        Assert.Contains("Sequence 'a' has a gap before row 6: 12.667 min after the last step, where 1 min is usual", data.Warnings[0],
            StringComparison.Ordinal);
    }

    [Fact]
    public void Nanoseconds_keep_their_last_digit()
    {
        IArrowArray times = new TimestampArray(new TimestampType(TimeUnit.Nanosecond, (string?)null), new ArrowBuffer.Builder<long>()
            .AppendRange([1_700_000_000_000_000_002, 1_700_000_000_000_000_001, 1_700_000_000_000_000_003]).Build(), ArrowBuffer.Empty, 3,
                0, 0);
        Assert.Equal([2f, 1, 3], Read(new() { LabelColumn = "none" }, ("id", Texts("a", "a", "a")), ("time", times),
            ("x", Floats(1, 2, 3)))[0].Values.ToArray());
    }

    [Fact]
    public void Lists_of_every_kind_are_channels()
    {
        Int64Array items = new Int64Array.Builder().AppendRange([1, 2, 3, 4]).Build();
        var lists = new ListArray(new ListType(Int64Type.Default), 2, new ArrowBuffer.Builder<int>().AppendRange([0, 2, 4]).Build(), items,
            ArrowBuffer.Empty);
        var large = new LargeListArray(new LargeListType(Int64Type.Default), 2,
            new ArrowBuffer.Builder<long>().AppendRange([0, 2, 4]).Build(), items, ArrowBuffer.Empty);
        var even = new FixedSizeListArray(new FixedSizeListType(Int64Type.Default, 2), 2, items, ArrowBuffer.Empty);
        SequenceDataset data = Read(null, ("series", lists), ("large", large), ("even", even), ("label", Texts("u", null)));
        Assert.Equal([[1f, 1, 1, 2, 2, 2], [3, 3, 3, 4, 4, 4]], data.Select(sequence => sequence.Values.ToArray()));
        Assert.Equal(["series", "large", "even"], data.ChannelNames);
        Assert.Equal([0, -1], data.Select(sequence => sequence.Label));
        Assert.Empty(data.Warnings);
        Assert.Equal(["even", "large"], Read(new() { KnownChannels = ["even", "large"] }, ("large", large), ("even", even)).ChannelNames);
    }

    [Fact]
    public void A_column_that_alone_holds_dates_orders_the_steps_whatever_its_name()
    {
        Date32Array days = new Date32Array.Builder().Append(DateTime.UnixEpoch.AddDays(1)).Append(DateTime.UnixEpoch).Build();
        SequenceDataset data = Read(null, ("id", Texts("a", "a")), ("label", Texts("u", "u")), ("Zeit", days), ("x", Floats(1, 2)));
        Assert.Equal([2f, 1], data[0].Values.ToArray());
        Assert.Equal("Zeit", data.Columns!.Time);
        Assert.StartsWith("Column 3 ('Zeit') holds dates and is read as the times", Assert.Single(data.Warnings),
            StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_not_a_value_is_refused_with_the_name_of_its_column()
    {
        StringArray id = Texts("a", "a"), label = Texts("u", "u");
        var pair = new StructArray(new StructType([new Field("p", FloatType.Default, true)]), 2, [Floats(1, 2)], ArrowBuffer.Empty);
        Assert.Contains("column 3 ('pair') holds items of the type struct", Refused(("id", id), ("label", label), ("pair", pair)),
            StringComparison.Ordinal);
        Assert.Contains("column 3 ('bytes') holds items of the type binary", Refused(("id", id), ("label", label),
            ("bytes", new BinaryArray.Builder().Append(1).Append(2).Build())), StringComparison.Ordinal);
        Date32Array days = new Date32Array.Builder().Append(DateTime.UnixEpoch).Append(DateTime.UnixEpoch.AddDays(1)).Build();
        Assert.Contains("row 1, column 4 ('start'): the column holds times, not values; give it as --time-column",
            Refused(("id", id), ("label", label), ("time", Floats(1, 2)), ("start", days)), StringComparison.Ordinal);
        Assert.Contains("both column 3 ('start') and column 4 ('end') could be the time column",
            Refused(("id", id), ("label", label), ("start", days), ("end", days)), StringComparison.Ordinal);
        Assert.Contains("row 2, column 3 ('x'): 'Infinity' is not finite", Refused(("id", id), ("label", label),
            ("x", Floats(1, float.PositiveInfinity))), StringComparison.Ordinal);
        Assert.Contains("row 1, column 3 ('x'): '1E+39' is outside the range of 32-bit floats", Refused(("id", id), ("label", label),
            ("x", new DoubleArray.Builder().AppendRange([1e39, 0]).Build())), StringComparison.Ordinal);
        Assert.Contains("row 1, column 3 ('x'): 'a' is not a number", Refused(("id", id), ("label", label), ("x", Texts("a", "b"))),
            StringComparison.Ordinal);
        Assert.Contains("row 2, column 1 ('id'): the id is missing", Refused(("id", Texts("a", null)), ("label", label),
            ("x", Floats(1, 2))), StringComparison.Ordinal);
        Assert.Contains("sequence 'a' is labelled 'v' here and 'u' on row 1", Refused(("id", id), ("label", Texts("u", "v")),
            ("x", Floats(1, 2))), StringComparison.Ordinal);
        Assert.Contains("both column 1 ('id') and column 2 ('ID') could be the id column", Refused(("id", id), ("ID", id),
            ("x", Floats(1, 2))), StringComparison.Ordinal);
    }

    [Fact]
    public void Other_files_are_refused_by_what_they_are()
    {
        Assert.Contains("Feather file of version 1", Files.Refused([.. "FEA1 and so on"u8], "feather"), StringComparison.Ordinal);
        Assert.Contains("name it .parquet", Files.Refused(Files.Fixture("wide.parquet"), "arrow"), StringComparison.Ordinal);
        Assert.Contains("does not begin with PAR1", Files.Refused([.. "no Parquet at all"u8], "parquet"), StringComparison.Ordinal);
        Assert.Contains("damaged", Files.Refused([.. "no Arrow at all"u8], "arrow"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_few_bytes_can_not_ask_for_much()
    {
        Assert.Contains("the file would have 50000000 rows in", Files.Refused(Of(("x", new NullArray(100_000_000))), "arrow"),
            StringComparison.Ordinal);
        byte[] packed = Of(false, CompressionCodecType.Zstd, ("x", Floats(1)), ("label", Texts(new string('a', 100_000_000))));
        Assert.Contains("it would decompress to more than", Files.Refused(packed, "arrow"),
            StringComparison.Ordinal);
    }
}
