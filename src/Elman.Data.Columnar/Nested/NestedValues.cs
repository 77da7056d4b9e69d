namespace Elman.Data.Columnar;

/// <summary>Reads the values of a sequence from the lists of a row.</summary>
internal interface INestedValues
{
    /// <summary>The names of the channels; empty if they have no names.</summary>
    string[] Names { get; }

    /// <summary>Returns the values of the current row, <c>[steps, channels]</c>, and the number of channels.</summary>
    /// <exception cref="DataFileException">The values are not valid, or are inconsistent with each other or with earlier rows.</exception>
    (ReadOnlyMemory<float> Values, int Channels) Read();

    /// <summary>Reports large rounding losses of the conversion to floats.</summary>
    void Report(Remarks remarks);
}

/// <summary>Base class of the readers of lists.</summary>
internal abstract class NestedValues(ColumnTable table)
{
    /// <summary>The table.</summary>
    protected ColumnTable Table => table;

    /// <summary>Returns the list of the current row.</summary>
    /// <exception cref="DataFileException">The list is missing or empty.</exception>
    protected (int Start, int End) ListOf(ListValues lists, int field)
    {
        (int Start, int End) list = lists[table.Row];
        if (lists.IsNull(table.Row) || list.Start == list.End)
            throw table.Error(field, $"the list is {(lists.IsNull(table.Row) ? "missing" : "empty")}, but a sequence needs at least one "
                + "step; give it values, or remove the row.");
        return list;
    }

    /// <summary>Returns an item as a value.</summary>
    /// <param name="items">All items.</param>
    /// <param name="item">The index of the item.</param>
    /// <param name="field">The column.</param>
    /// <param name="place">The position of the item in the list, from 1.</param>
    /// <param name="exact">The double nearest to the item.</param>
    /// <exception cref="DataFileException">The item is not a finite number.</exception>
    protected float ValueOf(ColumnValues items, int item, int field, int place, out double exact)
    {
        exact = double.NaN;
        if (items.IsNull(item))
            return float.NaN;
        if (items.TryNumber(item, out float value, out exact))
            return value;
        byte[] scratch = [];
        throw table.Error(field, FormattableString.Invariant($"item {place}: {NumberText.Explain(items.Text(item, ref scratch))}"));
    }
}

/// <summary>Reads one list for each channel.</summary>
internal sealed class ListValuesOfChannels(ColumnTable table, int[] channels, DataFileOptions options) : NestedValues(table), INestedValues
{
    private readonly ValueStore _store = new();
    private readonly RoundingWatch _rounding = RoundingWatch.OfChannels(options.OffsetTable, c => table.NameOf(channels[c]));

    public string[] Names => [.. channels.Select(Table.NameOf)];

    public (ReadOnlyMemory<float> Values, int Channels) Read()
    {
        int steps = 0;
        Memory<float> values = default;
        for (int c = 0; c < channels.Length; c++)
        {
            ListValues lists = Table.Lists(channels[c]);
            (int start, int end) = ListOf(lists, channels[c]);
            if (c == 0)
            {
                steps = end - start;
                values = _store.Take(checked(steps * channels.Length));
            }
            if (end - start != steps)
                throw Table.Error(channels[c], $"the list has {end - start} items, that of {Table.Describe(channels[0])} has {steps}; "
                    + "give all channels the same steps, with null for a missing value.");
            Span<float> target = values.Span;
            for (int t = 0; t < steps; t++)
            {
                float value = ValueOf(lists.Items, start + t, channels[c], t + 1, out double exact);
                target[(t * channels.Length) + c] = float.IsNaN(value) ? value : _rounding.Keep(c, exact, value);
            }
        }
        return (values, channels.Length);
    }

    public void Report(Remarks remarks) => _rounding.Report(c => Table.Describe(channels[c]), remarks);
}
