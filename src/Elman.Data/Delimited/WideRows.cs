namespace Elman.Data;

/// <summary>
/// Wide form: each row is a sequence, <c>x1,y1,x2,y2,…,label</c>. Empty fields at its end are not part of it,
/// but for the rest of its last step.
/// </summary>
internal sealed class WideRows(Table table, WideLayout layout, LabelColumns labels, DataFileOptions options, Remarks remarks) : IRowReader
{
    private readonly ValueStore _store = new();
    private readonly ValueBuffer _row = new(); // [T, C]
    private readonly List<int[]> _labels = [];
    private readonly List<Sequence> _sequences = [];
    private readonly RoundingWatch _rounding = new(layout.Channels);
    private readonly WideDoubts _doubts = new(table, layout, options, remarks);

    public int SequenceCount => _sequences.Count;

    public void Take()
    {
        int[] labelFields = layout.LabelIsLast ? [LastField()] : layout.Labels;
        // The labels first: where one is missing, the fields are not what they seem.
        _labels.Add([.. labelFields.Select((field, column) => labels[column].Read(table, field))]);
        _row.Clear();
        int empty = 0; // fields since the last value
        for (int i = 0; i < table.FieldCount; i++)
        {
            if (labelFields.Contains(i) || i == layout.Id || i == layout.Group || layout.Aside.Contains(i))
                continue;
            ReadOnlySpan<byte> text = table[i];
            if (text.IsEmpty)
            {
                // Empty fields end a sequence, unless a value follows: then those between are missing.
                empty++;
                continue;
            }
            if (i >= table.Names?.Length)
                throw table.Error(i, $"the row has more fields than the header names: {table.FieldCount} against {table.Names.Length}; "
                    + "correct one of them.");
            AddMissing(ref empty, empty);
            if (!NumberText.TryParseField(text, out float value, out double exact))
                throw TextColumn.NoNumber(table, i);
            if (!float.IsNaN(value))
                _rounding.Add(_row.Count % layout.Channels, exact, value);
            _row.Add(value);
        }
        if (_row.Count == 0)
            throw table.Error($"the row has no values{(labelFields.Length == 0 ? "" : " besides the label")}; add them or drop the row.");
        int ofLastStep = _row.Count % layout.Channels;
        if (ofLastStep > 0)
            AddMissing(ref empty, Math.Min(empty, layout.Channels - ofLastStep));
        if (_row.Count % layout.Channels != 0)
            throw table.Error($"the number of values, {_row.Count}, is no multiple of the {layout.Channels} channels; "
                + "correct the row or the number of channels.");
        _doubts.Look(_row.Span, labelFields);
        Memory<float> values = _store.Take(_row.Count);
        _row.Span.CopyTo(values.Span);
        _sequences.Add(new Sequence(values, layout.Channels) { Id = Text(layout.Id), Group = Text(layout.Group) });
    }

    public SequenceDataset Finish(string name)
    {
        _rounding.Report(c => layout.Channels == 1 ? "the sequences" : $"channel {c + 1}", remarks);
        bool labelIsFirst = _doubts.Settle(_sequences);
        TableColumns columns = new()
        {
            IsLong = false,
            Id = layout.Id is { } id ? table.NameOf(id) : null,
            Group = layout.Group is { } group ? table.NameOf(group) : null,
            Labels = labelIsFirst ? ["1"] : [.. layout.Labels.Select(table.NameOf)],
            LabelIsLast = layout.LabelIsLast && !labelIsFirst,
        };
        var found = new Found(layout.Channels, [], columns, name);
        return labelIsFirst
            ? _doubts.WithFirstAsLabel(found, _sequences, labels[0], _labels)
            : labels.Attach(found, _sequences, _labels, [], remarks);
    }

    private string? Text(int? field) =>
        field is { } column && column < table.FieldCount ? System.Text.Encoding.UTF8.GetString(table[column]) : null;

    private void AddMissing(ref int empty, int count)
    {
        for (int i = 0; i < count; i++)
            _row.Add(float.NaN);
        empty = 0;
    }

    private int LastField()
    {
        if (!layout.TrailingDelimiter)
            return table.FieldCount - 1;
        if (!table[table.FieldCount - 1].IsEmpty)
            throw table.Error(table.FieldCount - 1,
                "the first row ends with a delimiter and this one doesn't; end all rows alike, or say which column holds the labels.");
        return table.FieldCount - 2 >= 0 ? table.FieldCount - 2 : throw table.Error("the row has no values; add them or drop the row.");
    }
}
