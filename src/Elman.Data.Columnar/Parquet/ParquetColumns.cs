using System.Numerics;
using Parquet;
using Parquet.Data;
using Parquet.Schema;

namespace Elman.Data.Columnar;

/// <summary>What Parquet's fields are as columns, and their chunks as values.</summary>
internal static class ParquetColumns
{
    /// <summary>What a field of a schema holds.</summary>
    public static Column Describe(Field field) => field switch
    {
        ListField list => Column.ListOf(field.Name, Describe(list.Item)),
        DataField { IsArray: true } array => Column.ListOf(field.Name, Single(array)),
        DataField data => Single(data),
        StructField => new Column(field.Name, ColumnKind.Other, "structures"),
        MapField => new Column(field.Name, ColumnKind.Other, "maps"),
        _ => new Column(field.Name, ColumnKind.Other, "items of an unknown type"),
    };

    /// <summary>The values of a field in a row group.</summary>
    /// <param name="group">The row group.</param>
    /// <param name="field">The field.</param>
    /// <param name="rows">How many rows it has.</param>
    /// <param name="checkCount">Makes sure that a number is in no disproportion to the file.</param>
    /// <exception cref="NotSupportedException">It is of a type that <see cref="Describe"/> calls <see
    /// cref="ColumnKind.Other"/>.</exception>
    public static ColumnValues Load(ParquetRowGroupReader group, Field field, int rows, Action<long, string> checkCount)
    {
        // The definition levels from which on there is an item, of the outer list first.
        var levels = new List<int>();
        Field leaf = field;
        for (; leaf is ListField list; leaf = list.Item)
            levels.Add(list.MaxDefinitionLevel);
        if (leaf is not DataField data || levels.Count > 2)
            throw new NotSupportedException("such nested columns are not read");
        if (data.IsArray)
            levels.Add(data.MaxDefinitionLevel);
        using RawColumnData raw = group.ReadRawColumnDataBaseAsync(data).AsTask().GetAwaiter().GetResult();
        ReadOnlySpan<int> definitions = data.MaxDefinitionLevel > 0 ? raw.DefinitionLevels : [];
        ReadOnlySpan<int> repetitions = data.MaxRepetitionLevel > 0 ? raw.RepetitionLevels : [];
        int count = !definitions.IsEmpty ? definitions.Length : !repetitions.IsEmpty ? repetitions.Length : rows;
        checkCount(count, "values");
        var lists = new ListLevels(levels, data.MaxDefinitionLevel, rows);
        return lists.Build(count, definitions, repetitions, (items, nulls) => Values(raw, items, nulls));
    }

    private static Column Single(DataField field)
    {
        Type type = Nullable.GetUnderlyingType(field.ClrType) ?? field.ClrType;
        (ColumnKind kind, string what) = true switch
        {
            _ when type == typeof(bool) => (ColumnKind.Number, "truth values"),
            _ when type == typeof(sbyte) || type == typeof(byte) || type == typeof(short) || type == typeof(ushort) || type == typeof(int)
                || type == typeof(uint) || type == typeof(long) || type == typeof(ulong) || type == typeof(Half) || type == typeof(float)
                || type == typeof(double) || type == typeof(decimal) => (ColumnKind.Number, "numbers"),
            _ when type == typeof(DateTime) || type == typeof(DateOnly) || type == typeof(TimeSpan) || type == typeof(TimeOnly) =>
                (ColumnKind.Time, "times"),
            _ when type == typeof(string) || type == typeof(ReadOnlyMemory<char>) => (ColumnKind.Text, "texts"),
            _ when type == typeof(byte[]) || type == typeof(ReadOnlyMemory<byte>) => (ColumnKind.Other, "bytes"),
            _ => (ColumnKind.Other, $"items of the type {type.Name}"),
        };
        return new Column(field.Name, kind, what);
    }

    /// <summary>The items of a column: those that are not missing lie one after the other.</summary>
    private static ColumnValues Values(RawColumnData raw, int items, bool[]? nulls) => raw switch
    {
        RawColumnData<bool> data => new BooleanValues(Spread(data, items, nulls), nulls),
        RawColumnData<sbyte> data => Numbers(data, items, nulls),
        RawColumnData<byte> data => Numbers(data, items, nulls),
        RawColumnData<short> data => Numbers(data, items, nulls),
        RawColumnData<ushort> data => Numbers(data, items, nulls),
        RawColumnData<int> data => Numbers(data, items, nulls),
        RawColumnData<uint> data => Numbers(data, items, nulls),
        RawColumnData<long> data => Numbers(data, items, nulls),
        RawColumnData<ulong> data => Numbers(data, items, nulls),
        RawColumnData<Half> data => Numbers(data, items, nulls),
        RawColumnData<float> data => Numbers(data, items, nulls),
        RawColumnData<double> data => Numbers(data, items, nulls),
        RawColumnData<decimal> data => Numbers(data, items, nulls),
        RawColumnData<ReadOnlyMemory<char>> data => new StringValues(Spread(data, items, nulls), nulls),
        RawColumnData<DateTime> data => Times(Spread(data, items, nulls), time => time.Ticks, isDate: true, nulls),
        RawColumnData<DateOnly> data => Times(
            Spread(data, items, nulls), date => date.ToDateTime(TimeOnly.MinValue).Ticks, isDate: true, nulls),
        RawColumnData<TimeSpan> data => Times(Spread(data, items, nulls), time => time.Ticks, isDate: false, nulls),
        RawColumnData<TimeOnly> data => Times(Spread(data, items, nulls), time => time.Ticks, isDate: false, nulls),
        _ => throw new NotSupportedException("its type is not read"),
    };

    private static NumberValues<T> Numbers<T>(RawColumnData<T> data, int items, bool[]? nulls)
        where T : struct, INumber<T> => new(Spread(data, items, nulls), nulls);

    private static TimeValues Times<T>(T[] values, Func<T, long> ticks, bool isDate, bool[]? nulls) =>
        new([.. values.Select(ticks)], 1, isDate ? 0 : null, nulls);

    private static T[] Spread<T>(RawColumnData<T> data, int items, bool[]? nulls)
        where T : struct
    {
        ReadOnlySpan<T> values = data.Values;
        if (nulls is null)
            return values[..items].ToArray();
        var spread = new T[items];
        int next = 0;
        for (int i = 0; i < items; i++)
            if (!nulls[i])
                spread[i] = values[next++];
        return spread;
    }
}
