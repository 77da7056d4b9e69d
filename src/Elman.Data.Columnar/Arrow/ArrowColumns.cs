using Apache.Arrow;
using Apache.Arrow.Types;

namespace Elman.Data.Columnar;

/// <summary>Converts Arrow types to column types, and Arrow arrays to values.</summary>
internal static class ArrowColumns
{
    /// <summary>Returns the column of a field of a schema.</summary>
    public static Column Describe(Field field) => Describe(field.Name, field.DataType);

    /// <summary>Returns the values of an array.</summary>
    /// <param name="array">The array.</param>
    /// <param name="checkCount">Checks that a count is plausible for the size of the file.</param>
    /// <exception cref="UnreadableException">Its type is one that <see cref="Describe(Field)"/> reports as
    /// <see cref="ColumnKind.Other"/>.</exception>
    public static ColumnValues Load(IArrowArray array, Action<long, string> checkCount)
    {
        checkCount(array.Length, "values");
        bool[]? nulls = NullsOf(array);
        return array switch
        {
            NullArray => new BooleanValues(new bool[array.Length], [.. Enumerable.Repeat(true, array.Length)]),
            BooleanArray values => new BooleanValues(
                [.. Enumerable.Range(0, array.Length).Select(i => values.GetValue(i) ?? false)], nulls),
            Int8Array values => Numbers<sbyte>(values, nulls),
            Int16Array values => Numbers<short>(values, nulls),
            Int32Array values => Numbers<int>(values, nulls),
            Int64Array values => Numbers<long>(values, nulls),
            UInt8Array values => Numbers<byte>(values, nulls),
            UInt16Array values => Numbers<ushort>(values, nulls),
            UInt32Array values => Numbers<uint>(values, nulls),
            UInt64Array values => Numbers<ulong>(values, nulls),
            HalfFloatArray values => Numbers<Half>(values, nulls),
            FloatArray values => Numbers<float>(values, nulls),
            DoubleArray values => Numbers<double>(values, nulls),
            Decimal128Array values => Decimals(values.Length, values.GetValue, nulls),
            Decimal256Array values => Decimals(values.Length, values.GetValue, nulls),
            Date32Array values => Times([.. values.Values.ToArray().Select(day => (long)day)], TimeSpan.TicksPerDay, isDate: true, nulls),
            Date64Array values => Times(values.Values.ToArray(), TimeSpan.TicksPerMillisecond, isDate: true, nulls),
            TimestampArray values => Times(values.Values.ToArray(), TicksOf(array.Data.DataType), isDate: true, nulls),
            DurationArray values => Times(values.Values.ToArray(), TicksOf(array.Data.DataType), isDate: false, nulls),
            Time32Array values => Times(
                [.. values.Values.ToArray().Select(time => (long)time)], TicksOf(array.Data.DataType), isDate: false, nulls),
            Time64Array values => Times(values.Values.ToArray(), TicksOf(array.Data.DataType), isDate: false, nulls),
            StringArray values => Texts(values.Length, i => values.GetBytes(i), nulls),
            LargeStringArray values => Texts(values.Length, i => values.GetBytes(i), nulls),
            StringViewArray values => Texts(values.Length, i => values.GetBytes(i), nulls),
            DictionaryArray values => Dictionary(values, checkCount),
            ListArray values => Lists(array, values.ValueOffsets.ToArray(), values.Values, nulls, checkCount),
            LargeListArray values => Lists(
                array, [.. values.ValueOffsets.ToArray().Select(offset => checked((int)offset))], values.Values, nulls, checkCount),
            FixedSizeListArray values => FixedLists(values, nulls, checkCount),
            _ => throw new UnreadableException($"the type {array.Data.DataType.Name} is not supported"),
        };
    }

    private static Column Describe(string name, IArrowType type)
    {
        Column Single(ColumnKind kind, string what) => new(name, kind, what);
        return type.TypeId switch
        {
            ArrowTypeId.Null => Single(ColumnKind.Number, "nothing"),
            ArrowTypeId.Boolean => Single(ColumnKind.Number, "truth values"),
            >= ArrowTypeId.UInt8 and <= ArrowTypeId.Double or ArrowTypeId.Decimal128 or ArrowTypeId.Decimal256 =>
                Single(ColumnKind.Number, "numbers"),
            ArrowTypeId.String or ArrowTypeId.LargeString or ArrowTypeId.StringView => Single(ColumnKind.Text, "texts"),
            ArrowTypeId.Date32 or ArrowTypeId.Date64 or ArrowTypeId.Timestamp or ArrowTypeId.Duration or ArrowTypeId.Time32
                or ArrowTypeId.Time64 => Single(ColumnKind.Time, "times"),
            ArrowTypeId.Dictionary when type is DictionaryType dictionary => Describe(name, dictionary.ValueType) is
            { Kind: not (ColumnKind.List or ColumnKind.Other) } values ? values : Single(ColumnKind.Other, "dictionaries of lists"),
            ArrowTypeId.List when type is ListType list => Column.ListOf(name, Describe(name, list.ValueDataType)),
            ArrowTypeId.LargeList when type is LargeListType list => Column.ListOf(name, Describe(name, list.ValueDataType)),
            ArrowTypeId.FixedSizeList when type is FixedSizeListType list => Column.ListOf(name, Describe(name, list.ValueDataType)),
            _ => Single(ColumnKind.Other, $"items of the type {type.Name}"),
        };
    }

    private static bool[]? NullsOf(IArrowArray array) =>
        array.NullCount == 0 ? null : [.. Enumerable.Range(0, array.Length).Select(array.IsNull)];

    private static NumberValues<T> Numbers<T>(PrimitiveArray<T> array, bool[]? nulls)
        where T : struct, System.Numerics.INumber<T> => new(array.Values.ToArray(), nulls);

    private static NumberValues<decimal> Decimals(int count, Func<int, decimal?> valueOf, bool[]? nulls) =>
        new([.. Enumerable.Range(0, count).Select(i => valueOf(i) ?? 0)], nulls);

    private static TimeValues Times(long[] values, decimal ticks, bool isDate, bool[]? nulls) =>
        new(values, ticks, isDate ? DateTime.UnixEpoch.Ticks : null, nulls);

    private static decimal TicksOf(IArrowType type) => type is not TimeBasedType time ? 1 : time.Unit switch
    {
        TimeUnit.Second => TimeSpan.TicksPerSecond,
        TimeUnit.Millisecond => TimeSpan.TicksPerMillisecond,
        TimeUnit.Microsecond => TimeSpan.TicksPerMicrosecond,
        _ => 0.01m,
    };

    private static ArrowTexts Texts(int count, TextOf textOf, bool[]? nulls)
    {
        // Throws an exception if offsets are out of range.
        for (int i = 0; i < count; i++)
            textOf(i);
        return new ArrowTexts(count, textOf, nulls);
    }

    private static DictionaryValues Dictionary(DictionaryArray array, Action<long, string> checkCount)
    {
        ColumnValues values = Load(array.Dictionary, checkCount), places = Load(array.Indices, checkCount);
        int[] indices = new int[array.Length];
        bool[] nulls = new bool[array.Length];
        for (int i = 0; i < indices.Length; i++)
        {
            nulls[i] = places.IsNull(i);
            if (nulls[i])
                continue;
            if (!places.TryNumber(i, out _, out double index) || !(index >= 0 && index < values.Count))
                throw new UnreadableException("an index of its dictionary lies outside");
            indices[i] = (int)index;
            nulls[i] = values.IsNull(indices[i]);
        }
        return new DictionaryValues(values, indices, nulls);
    }

    private static ListValues Lists(IArrowArray array, int[] offsets, IArrowArray items, bool[]? nulls, Action<long, string> checkCount)
    {
        offsets = array.Length == 0 ? [0] : offsets.Length > array.Length ? offsets[..(array.Length + 1)] : throw new UnreadableException(
            "there are fewer lists than rows");
        for (int i = 0; i < offsets.Length; i++)
            if (offsets[i] < (i == 0 ? 0 : offsets[i - 1]) || offsets[i] > items.Length)
                throw new UnreadableException("its lists overlap, or reach beyond the items");
        return new ListValues(offsets, Load(items, checkCount), nulls);
    }

    private static ListValues FixedLists(FixedSizeListArray array, bool[]? nulls, Action<long, string> checkCount)
    {
        int size = ((FixedSizeListType)array.Data.DataType).ListSize;
        checkCount((long)size * (array.Offset + array.Length), "values");
        if (size < 0 || (long)size * (array.Offset + array.Length) > array.Values.Length)
            throw new UnreadableException("its lists reach beyond the items");
        int[] offsets = [.. Enumerable.Range(array.Offset, array.Length + 1).Select(i => i * size)];
        return new ListValues(offsets, Load(array.Values, checkCount), nulls);
    }

    private delegate ReadOnlySpan<byte> TextOf(int row);

    /// <summary>Texts in an Arrow array.</summary>
    private sealed class ArrowTexts(int count, TextOf textOf, bool[]? nulls) : ColumnValues(nulls)
    {
        public override int Count => count;

        public override ReadOnlySpan<byte> Text(int row, ref byte[] scratch) => textOf(row);
    }
}
