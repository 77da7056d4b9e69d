using Parquet;
using Parquet.Schema;

namespace Elman.Data.Columnar.Tests.Parquet;

public class ParquetTypesTests
{
    private static readonly string[] _ids = ["a", "a"], _labels = ["u", "u"];

    /// <summary>A file with an id, a label, and another column of two rows.</summary>
    private static async Task<byte[]> WithAsync<T>(DataField<T> field, params T[] values)
        where T : struct
    {
        DataField id = new DataField<string>("id"), label = new DataField<string>("label");
        using var file = new MemoryStream();
        await using (ParquetWriter writer = await ParquetWriter.CreateAsync(new ParquetSchema(id, label, field), file))
        {
            using ParquetRowGroupWriter group = writer.CreateRowGroup();
            await group.WriteAsync(id, _ids);
            await group.WriteAsync(label, _labels);
            await group.WriteAsync<T>(field, values);
        }
        return file.ToArray();
    }

    private static async Task AssertValuesAsync<T>(params T[] values)
        where T : struct
    {
        byte[] file = await WithAsync(new DataField<T>("x"), values);
        Assert.Equal([1f, 2], Files.Read(file, "parquet")[0].Values.ToArray());
    }

    [Fact]
    public async Task Numbers_of_every_type_are_values()
    {
        await AssertValuesAsync<sbyte>(1, 2);
        await AssertValuesAsync<byte>(1, 2);
        await AssertValuesAsync<short>(1, 2);
        await AssertValuesAsync<ushort>(1, 2);
        await AssertValuesAsync(1, 2);
        await AssertValuesAsync<uint>(1, 2);
        await AssertValuesAsync<long>(1, 2);
        await AssertValuesAsync<ulong>(1, 2);
        await AssertValuesAsync<float>(1, 2);
        await AssertValuesAsync<double>(1, 2);
        await AssertValuesAsync(1m, 2m);
    }

    [Fact]
    public async Task Times_order_the_steps_and_are_no_values()
    {
        DateTime first = new(2024, 5, 31, 12, 0, 0, DateTimeKind.Utc);
        DateTime[] times = [first.AddDays(1), first];
        Assert.Contains("no column remains for values;", Files.Refused(await WithAsync(new DataField<DateTime>("x"), times), "parquet"),
            StringComparison.Ordinal);
        Assert.Contains("no column remains for values;", Files.Refused(await WithAsync(new DataField<DateTime>("time"), times), "parquet"),
            StringComparison.Ordinal);
        Assert.Contains("row 2, column 3 ('time'): sequence 'a' already has a row with this time on row 1",
            Files.Refused(await WithTwoTimesAsync(first), "parquet"), StringComparison.Ordinal);
    }

    private static async Task<byte[]> WithTwoTimesAsync(DateTime time)
    {
        DataField id = new DataField<string>("id"), label = new DataField<string>("label");
        var when = new DataField<DateTime>("time");
        var x = new DataField<float>("x");
        using var file = new MemoryStream();
        await using (ParquetWriter writer = await ParquetWriter.CreateAsync(new ParquetSchema(id, label, when, x), file))
        {
            using ParquetRowGroupWriter group = writer.CreateRowGroup();
            await group.WriteAsync(id, _ids);
            await group.WriteAsync(label, _labels);
            await group.WriteAsync<DateTime>(when, new[] { time, time });
            await group.WriteAsync<float>(x, new[] { 1f, 2 });
        }
        return file.ToArray();
    }

    [Fact]
    public async Task What_is_not_a_value_is_refused_with_the_name_of_its_column() => Assert.Contains(
        "column 3 ('x') holds items of the type "
            + "Guid", Files.Refused(await WithAsync(new DataField<Guid>("x"), Guid.Empty, Guid.Empty), "parquet"),
        StringComparison.Ordinal);
}
