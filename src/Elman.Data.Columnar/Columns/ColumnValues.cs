using System.Globalization;
using System.Numerics;
using System.Text;

namespace Elman.Data.Columnar;

/// <summary>The values of a column in a part of a file.</summary>
/// <param name="nulls">Whether each value is missing; <see langword="null"/> if none is.</param>
internal abstract class ColumnValues(bool[]? nulls)
{
    /// <summary>The number of values.</summary>
    public abstract int Count { get; }

    /// <summary>Whether a value is missing.</summary>
    public bool IsNull(int row) => nulls is not null && nulls[row];

    /// <summary>Returns a value that is not missing as a number, exactly and as a float; false if it is not a number.</summary>
    public virtual bool TryNumber(int row, out float value, out double exact)
    {
        byte[] text = [];
        return NumberText.TryParseField(Text(row, ref text), out value, out exact);
    }

    /// <summary>Returns a value that is not missing as a time, in ticks of 100 ns; false if it is not a time.</summary>
    public virtual bool TryTicks(int row, out decimal ticks)
    {
        ticks = 0;
        return false;
    }

    /// <summary>Returns a value that is not missing as text in UTF-8.</summary>
    /// <param name="row">The index of the value.</param>
    /// <param name="scratch">Memory that may be used for the text; it grows as needed.</param>
    public abstract ReadOnlySpan<byte> Text(int row, ref byte[] scratch);

    /// <summary>Encodes a text into the scratch memory.</summary>
    protected static ReadOnlySpan<byte> Encode(ReadOnlySpan<char> text, ref byte[] scratch)
    {
        int most = Encoding.UTF8.GetMaxByteCount(text.Length);
        if (scratch.Length < most)
            scratch = new byte[most];
        return scratch.AsSpan(0, Encoding.UTF8.GetBytes(text, scratch));
    }
}

/// <summary>Numbers.</summary>
internal sealed class NumberValues<T>(T[] values, bool[]? nulls) : ColumnValues(nulls)
    where T : struct, INumber<T>
{
    // The maximum length of the text of a number: a decimal, or the shortest form of a double.
    private const int MaxText = 40;

    public override int Count => values.Length;

    /// <summary>A value.</summary>
    public T this[int row] => values[row];

    public override bool TryNumber(int row, out float value, out double exact)
    {
        // A decimal is rounded only once, like its text.
        if (typeof(T) == typeof(decimal))
            return base.TryNumber(row, out value, out exact);
        exact = double.CreateSaturating(values[row]);
        value = float.CreateSaturating(values[row]);
        return !float.IsInfinity(value);
    }

    public override ReadOnlySpan<byte> Text(int row, ref byte[] scratch)
    {
        if (scratch.Length < MaxText)
            scratch = new byte[MaxText];
        values[row].TryFormat(scratch, out int length, default, CultureInfo.InvariantCulture);
        return scratch.AsSpan(0, length);
    }
}

/// <summary>Booleans: 1 and 0 as numbers, <c>true</c> and <c>false</c> as text.</summary>
internal sealed class BooleanValues(bool[] values, bool[]? nulls) : ColumnValues(nulls)
{
    public override int Count => values.Length;

    public override bool TryNumber(int row, out float value, out double exact)
    {
        exact = value = values[row] ? 1 : 0;
        return true;
    }

    public override ReadOnlySpan<byte> Text(int row, ref byte[] scratch) => values[row] ? "true"u8 : "false"u8;
}

/// <summary>Texts in UTF-16.</summary>
internal sealed class StringValues(ReadOnlyMemory<char>[] values, bool[]? nulls) : ColumnValues(nulls)
{
    public override int Count => values.Length;

    public override ReadOnlySpan<byte> Text(int row, ref byte[] scratch) => Encode(values[row].Span, ref scratch);
}

/// <summary>Times in a given unit.</summary>
/// <param name="values">The times.</param>
/// <param name="ticks">The number of ticks of 100 ns per unit.</param>
/// <param name="origin">The time of value 0 in ticks; <see langword="null"/> for durations.</param>
/// <param name="nulls">Whether each time is missing.</param>
internal sealed class TimeValues(long[] values, decimal ticks, long? origin, bool[]? nulls) : ColumnValues(nulls)
{
    public override int Count => values.Length;

    public override bool TryNumber(int row, out float value, out double exact)
    {
        (value, exact) = (0, 0);
        return false;
    }

    public override bool TryTicks(int row, out decimal time)
    {
        time = (values[row] * ticks) + (origin ?? 0);
        return true;
    }

    public override ReadOnlySpan<byte> Text(int row, ref byte[] scratch)
    {
        TryTicks(row, out decimal time);
        bool isDate = origin is not null && time >= 0 && time <= DateTime.MaxValue.Ticks;
        return Encode(isDate
            ? new DateTime((long)time).ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture)
            : (time / TimeSpan.TicksPerSecond).ToString("0.#######", CultureInfo.InvariantCulture), ref scratch);
    }
}

/// <summary>Dictionary-encoded values: each distinct value is stored once.</summary>
internal sealed class DictionaryValues(ColumnValues dictionary, int[] indices, bool[]? nulls) : ColumnValues(nulls)
{
    public override int Count => indices.Length;

    public override bool TryNumber(int row, out float value, out double exact) => dictionary.TryNumber(indices[row], out value, out exact);

    public override bool TryTicks(int row, out decimal ticks) => dictionary.TryTicks(indices[row], out ticks);

    public override ReadOnlySpan<byte> Text(int row, ref byte[] scratch) => dictionary.Text(indices[row], ref scratch);
}

/// <summary>Lists: the list of a row contains the items from its offset up to the next offset.</summary>
internal sealed class ListValues(int[] offsets, ColumnValues items, bool[]? nulls) : ColumnValues(nulls)
{
    public override int Count => offsets.Length - 1;

    /// <summary>The items of all lists.</summary>
    public ColumnValues Items => items;

    /// <summary>The index of the first item of a list, and the index after its last item.</summary>
    public (int Start, int End) this[int row] => (offsets[row], offsets[row + 1]);

    public override ReadOnlySpan<byte> Text(int row, ref byte[] scratch) => throw new NotSupportedException("A list is not a text.");
}
