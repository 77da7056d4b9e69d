namespace Elman.Data.Columnar;

/// <summary>
/// Reads lists of lists: lists of steps, each with one value per channel, or lists of channels, each with one value per step.
/// </summary>
/// <remarks>
/// Lists of steps are the usual form, and the form of <c>.jsonl</c> files. If the number of lists in the first row is at least the number
/// of values in each list, they are read as steps, otherwise as channels; a remark reports this if there are several channels.
/// <see cref="DataFileOptions.Axes"/> sets the form.
/// </remarks>
internal sealed class ListOfListsValues(ColumnTable table, int field, DataFileOptions options, Remarks remarks)
    : NestedValues(table), INestedValues
{
    private readonly ValueStore _store = new();
    private readonly RoundingWatch _rounding = RoundingWatch.OfChannels(options.OffsetTable);
    private bool _stepsFirst;
    private int _channels;

    public string[] Names => [];

    public (ReadOnlyMemory<float> Values, int Channels) Read()
    {
        ListValues outer = Table.Lists(field);
        var inner = (ListValues)outer.Items;
        (int start, int end) = ListOf(outer, field);
        int lists = end - start, length = -1;
        for (int i = start; i < end; i++)
        {
            (int first, int behind) = inner[i];
            if (inner.IsNull(i) || behind == first || (length >= 0 && behind - first != length))
                throw Table.Error(field, $"list {i - start + 1} is {(inner.IsNull(i) ? "missing" : $"{behind - first} items long")}"
                    + $"{(length < 0 ? "" : $" and the first has {length}")}; give all the same number of values, null for a missing one.");
            length = behind - first;
        }
        if (_channels == 0)
            Settle(lists, length);
        if (_channels != (_stepsFirst ? length : lists))
            throw Table.Error(field, $"this sequence has {(_stepsFirst ? length : lists)} channels, the first has {_channels}; give all "
                + "sequences the same.");
        Memory<float> values = _store.Take(checked(lists * length));
        Span<float> target = values.Span;
        for (int i = 0; i < lists; i++)
        {
            int first = inner[start + i].Start;
            for (int k = 0; k < length; k++)
            {
                (int t, int c) = _stepsFirst ? (i, k) : (k, i);
                float value = ValueOf(inner.Items, first + k, field, (i * length) + k + 1, out double exact);
                target[(t * _channels) + c] = float.IsNaN(value) ? value : _rounding.Keep(c, exact, value);
            }
        }
        return (values, _channels);
    }

    public void Report(Remarks to) => _rounding.Report(c => $"channel {c + 1}", to);

    /// <summary>Determines by the first row whether lists are steps or channels.</summary>
    private void Settle(int lists, int length)
    {
        string? axes = options.Axes?.ToLowerInvariant().Replace("n", "", StringComparison.Ordinal);
        if (axes is not (null or "tc" or "ct"))
            throw Table.ErrorOfColumns($"the axes {Quoted(options.Axes)} are not valid; for lists of lists they must be tc, lists of "
                + "steps, or ct, lists of channels.");
        _stepsFirst = axes is null ? lists >= length || length == 1 : axes == "tc";
        _channels = _stepsFirst ? length : lists;
        if (axes is null && _channels > 1)
            remarks.AddOnce($"The lists of {Table.Describe(field)} are read as {(_stepsFirst ? "steps" : "channels")}, {_channels} "
                + "channels, because there are usually more steps than channels; give --axes "
                + (_stepsFirst ? "tc to confirm, or --axes ct if they are channels." : "ct to confirm, or --axes tc if they are steps."));
    }
}
