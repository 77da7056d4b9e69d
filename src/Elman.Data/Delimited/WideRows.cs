namespace Elman.Data;

/// <summary>
/// Reads wide form: each row is a sequence, <c>x1,y1,x2,y2,…,label</c>. Empty fields at its end are not part of it, except those that
/// complete its last step.
/// </summary>
internal sealed class WideRows(TableRows table, WideLayout layout, LabelColumns labels, DataFileOptions options, Remarks remarks)
    : IRowReader
{
    private readonly ValueStore _store = new();
    private readonly ChunkList<int>[] _labels = [.. Enumerable.Range(0, labels.Count).Select(_ => new ChunkList<int>())];
    private readonly PackedSequences _sequences = new(layout.Channels);
    private readonly NameTable _ids = new(), _groups = new();
    private readonly int[] _labelFields = layout.LabelIsLast ? [0] : layout.Labels;
    private readonly HashSet<int> _others = [.. layout.Labels, .. layout.Aside];
    private readonly RoundingWatch _rounding = RoundingWatch.OfChannels(options.OffsetTable);
    private readonly WideDoubts _doubts = new(table, layout, options, remarks);

    private readonly BlankLines? _blank = (table.Names?.Length ?? table.FieldCount) > 1 ? null
        : new(table, "write '?' for a missing value");

    public int SequenceCount => _sequences.Count;

    public void Take()
    {
        _blank?.Look();
        int last = layout.LabelIsLast ? _labelFields[0] = LastField() : -1;
        // Labels are read first: if one is missing, the fields are shifted.
        for (int column = 0; column < labels.Count; column++)
            _labels[column].Add(labels[column].Read(table, _labelFields[column]));
        _store.BeginRun(table.FieldCount);
        float first = float.NaN;
        int empty = 0, channel = 0; // empty fields since the last value; the channel of the next value
        bool hasOthers = _others.Count > 0 || layout.Id is not null || layout.Group is not null;
        int fields = table.FieldCount, named = table.Names?.Length ?? int.MaxValue;
        for (int i = 0; i < fields; i++)
        {
            if (i == last || (hasOthers && (i == layout.Id || i == layout.Group || _others.Contains(i))))
                continue;
            if (table.IsEmpty(i))
            {
                // Empty fields end a sequence, unless a value follows: then the values in between are missing.
                empty++;
                continue;
            }
            if (i >= named)
                throw table.Error(i, $"the row has {fields} fields, but the header names {named}; correct one of them.");
            if (empty > 0)
                AddMissing(ref empty, empty, ref channel);
            if (!table.TryNumber(i, out float value, out double exact))
                throw TextColumn.NoNumber(table, i, layout.Id, time: null);
            if (_store.RunLength == 0)
                first = value;
            _store.Add(float.IsNaN(value) ? value : _rounding.Keep(channel, exact, value));
            channel = channel + 1 == layout.Channels ? 0 : channel + 1;
        }
        if (_store.RunLength == 0)
            throw table.Error($"the row has no values{(_labelFields.Length == 0 ? "" : " besides the label")}; add them or remove the "
                + "row.");
        if (channel > 0)
            AddMissing(ref empty, Math.Min(empty, layout.Channels - channel), ref channel);
        if (channel > 0)
            throw table.Error($"the number of values, {_store.RunLength}, is not a multiple of the "
                + $"{Amount.Of(layout.Channels, "channel")}; correct the row or the number of channels.");
        _doubts.Look(first, _store.RunLength, _labelFields);
        _sequences.Add(_store.Run);
        if (Text(layout.Id, out ReadOnlySpan<byte> id))
            _sequences.NameLast(_ids, _ids.FindOrAdd(id));
        if (Text(layout.Group, out ReadOnlySpan<byte> group))
            _sequences.GroupLast(_groups, _groups.FindOrAdd(group));
    }

    public SequenceDataset Finish(string name)
    {
        _sequences.Repeated.Report(remarks);
        _blank?.Report(remarks);
        _rounding.Report(c => layout.Channels == 1 ? "the sequences" : $"channel {c + 1}", remarks);
        bool labelIsFirst = _doubts.Settle(_sequences);
        TableColumns columns = new()
        {
            IsLong = false,
            Id = layout.Id is { } id ? table.NameOf(id) : null,
            Group = layout.Group is { } group ? table.NameOf(group) : null,
            Labels = labelIsFirst ? ["1"] : [.. layout.Labels.Select(table.NameOf)],
            LabelIsLast = layout.LabelIsLast && !labelIsFirst,
            HasDecimalComma = table.HasDecimalComma,
        };
        var found = new Found(layout.Channels, [], columns, name);
        return labelIsFirst
            ? _doubts.WithFirstAsLabel(found, _sequences, labels[0], _labels[0])
            : labels.Attach(found, _sequences, _labels, [], remarks);
    }

    private bool Text(int? field, out ReadOnlySpan<byte> text)
    {
        bool isThere = field < table.FieldCount;
        text = isThere ? table[field!.Value] : [];
        return isThere;
    }

    private void AddMissing(ref int empty, int count, ref int channel)
    {
        for (int i = 0; i < count; i++)
            _store.Add(float.NaN);
        (empty, channel) = (0, (int)(((long)channel + count) % layout.Channels));
    }

    private int LastField()
    {
        if (!layout.TrailingDelimiter)
            return table.FieldCount - 1;
        if (!table[table.FieldCount - 1].IsEmpty)
            throw table.Error(table.FieldCount - 1,
                "the first row ends with a delimiter and this row does not; end all rows in the same way, or name the label column "
                    + "(--label-column).");
        return table.FieldCount - 2 >= 0 ? table.FieldCount - 2 : throw table.Error("the row has no values; add them or remove the row.");
    }
}
