using System.Numerics;
using Parquet;
using Parquet.Data;
using Parquet.File.Values.Primitives;
using Parquet.Schema;

namespace Elman.Data.Columnar;

/// <summary>Converts Parquet fields to columns, and column chunks to values.</summary>
internal static class ParquetColumns
{
    // The library creates generic types of these by reflection. Native code contains only types that are named.
    private static readonly Type[] _made =
    [
        typeof(bool?), typeof(sbyte?), typeof(byte?), typeof(short?), typeof(ushort?), typeof(int?), typeof(uint?), typeof(long?),
        typeof(ulong?), typeof(Half?), typeof(float?), typeof(double?), typeof(decimal?), typeof(DateTime?), typeof(DateOnly?),
        typeof(TimeSpan?), typeof(TimeOnly?), typeof(Guid?), typeof(ReadOnlyMemory<char>?), typeof(ReadOnlyMemory<byte>?),
        typeof(BigDecimal?), typeof(Interval?),
    ];

    /// <summary>Returns the column of a field of a schema.</summary>
    public static Column Describe(Field field) => field switch
    {
        ListField list => Column.ListOf(field.Name, Describe(list.Item)),
        DataField { IsArray: true } array => Column.ListOf(field.Name, Single(array)),
        DataField data => Single(data),
        StructField => new Column(field.Name, ColumnKind.Other, "structures"),
        MapField => new Column(field.Name, ColumnKind.Other, "maps"),
        _ => new Column(field.Name, ColumnKind.Other, "items of an unknown type"),
    };

    /// <summary>Returns the values of a field in a row group.</summary>
    /// <param name="group">The row group.</param>
    /// <param name="field">The field.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="countOf">Returns the number of values of a column chunk, including missing ones and empty lists.</param>
    /// <exception cref="UnreadableException">Its type is one that <see cref="Describe"/> reports as
    /// <see cref="ColumnKind.Other"/>.</exception>
    public static ColumnValues Load(ParquetRowGroupReader group, Field field, int rows, Func<DataField, int> countOf)
    {
        // The minimum definition level of an item in each list, starting with the outer list.
        var levels = new List<int>();
        Field leaf = field;
        for (; leaf is ListField list; leaf = list.Item)
            levels.Add(list.MaxDefinitionLevel);
        if (leaf is not DataField data || levels.Count > 2)
            throw new UnreadableException("such nested columns are not supported");
        if (data.IsArray)
            levels.Add(data.MaxDefinitionLevel);
        int count = countOf(data);
        var chunk = new Chunk(group, data, count);
        var lists = new ListLevels(levels, data.MaxDefinitionLevel, rows);
        return ValuesOf(chunk, itemsOf => lists.Build(count, chunk.Definitions, chunk.Repetitions, itemsOf));
    }

    private static Column Single(DataField field)
    {
        Type type = Array.Find(_made, made => Nullable.GetUnderlyingType(made) == field.ClrType || made == field.ClrType) is { } known
            ? Nullable.GetUnderlyingType(known)!
            : field.ClrType;
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

    /// <summary>Reads a chunk with its type, and builds its lists from the items.</summary>
    private static ColumnValues ValuesOf(Chunk chunk, Func<Func<int, bool[]?, ColumnValues>, ColumnValues> build)
    {
        Type type = Nullable.GetUnderlyingType(chunk.Field.ClrType) ?? chunk.Field.ClrType;
        return type switch
        {
            _ when type == typeof(bool) => Of<bool>((values, nulls) => new BooleanValues(values, nulls)),
            _ when type == typeof(sbyte) => Numbers<sbyte>(),
            _ when type == typeof(byte) => Numbers<byte>(),
            _ when type == typeof(short) => Numbers<short>(),
            _ when type == typeof(ushort) => Numbers<ushort>(),
            _ when type == typeof(int) => Numbers<int>(),
            _ when type == typeof(uint) => Numbers<uint>(),
            _ when type == typeof(long) => Numbers<long>(),
            _ when type == typeof(ulong) => Numbers<ulong>(),
            _ when type == typeof(Half) => Numbers<Half>(),
            _ when type == typeof(float) => Numbers<float>(),
            _ when type == typeof(double) => Numbers<double>(),
            _ when type == typeof(decimal) => Numbers<decimal>(),
            _ when type == typeof(string) || type == typeof(ReadOnlyMemory<char>) =>
                Of<ReadOnlyMemory<char>>((values, nulls) => new StringValues(values, nulls)),
            _ when type == typeof(DateTime) => Times<DateTime>(time => time.Ticks, isDate: true),
            _ when type == typeof(DateOnly) => Times<DateOnly>(date => date.ToDateTime(TimeOnly.MinValue).Ticks, isDate: true),
            _ when type == typeof(TimeSpan) => Times<TimeSpan>(time => time.Ticks, isDate: false),
            _ when type == typeof(TimeOnly) => Times<TimeOnly>(time => time.Ticks, isDate: false),
            _ => throw new UnreadableException("its type is not supported"),
        };

        ColumnValues Of<T>(Func<T[], bool[]?, ColumnValues> make)
            where T : struct
        {
            T[] packed = chunk.Read<T>();
            return build((items, nulls) => make(Spread(packed, items, nulls), nulls));
        }

        ColumnValues Numbers<T>()
            where T : struct, INumber<T> => Of<T>((values, nulls) => new NumberValues<T>(values, nulls));

        ColumnValues Times<T>(Func<T, long> ticks, bool isDate)
            where T : struct => Of<T>((values, nulls) => new TimeValues([.. values.Select(ticks)], 1, isDate ? 0 : null, nulls));
    }

    /// <summary>Expands the items of a column: only those that are not missing are stored, one after the other.</summary>
    private static T[] Spread<T>(T[] packed, int items, bool[]? nulls)
    {
        if (nulls is null)
            return packed.Length == items ? packed : packed[..items];
        var spread = new T[items];
        int next = 0;
        for (int i = 0; i < items; i++)
            if (!nulls[i])
                spread[i] = packed[next++];
        return spread;
    }

    /// <summary>A column chunk while it is read.</summary>
    /// <remarks>The library can read chunks of any type too, but by reflection, which native code does not support.</remarks>
    private sealed class Chunk(ParquetRowGroupReader group, DataField leaf, int count)
    {
        public DataField Field => leaf;

        public int[] Definitions { get; } = Levels(leaf.MaxDefinitionLevel, count);

        public int[] Repetitions { get; } = Levels(leaf.MaxRepetitionLevel, count);

        public T[] Read<T>()
            where T : struct
        {
            var values = new T[count];
            group.ReadRawAsync<T>(leaf, values, Memory(Definitions), Memory(Repetitions)).AsTask().GetAwaiter().GetResult();
            return Definitions.Contains(-1) || Repetitions.Contains(-1) ? throw new UnreadableException("it breaks off") : values;
        }

        private static Memory<int>? Memory(int[] levels) => levels.Length == 0 ? default(Memory<int>?) : levels.AsMemory();

        // Levels that stay below zero were not in the file.
        private static int[] Levels(int most, int count)
        {
            int[] levels = new int[most > 0 ? count : 0];
            Array.Fill(levels, -1);
            return levels;
        }
    }
}
