namespace Elman.Data;

/// <summary>Wide form: each row is a sequence, <c>x1,y1,x2,y2,…,label</c>.</summary>
internal sealed class WideRows(Table table, WideLayout layout) : IRowReader
{
    private readonly ValueStore _store = new();
    private readonly ValueBuffer _row = new(); // [T, C]
    private readonly LabelColumn _labels = new();
    private readonly List<Sequence> _sequences = [];

    public int SequenceCount => _sequences.Count;

    public void Take()
    {
        int? labelField = LabelField();
        // The label first: where it is missing, the fields are not what they seem.
        int label = labelField is { } field ? _labels.Read(table, field) : Sequence.NoLabel;
        _row.Clear();
        int? gap = null;
        for (int i = 0; i < table.FieldCount; i++)
        {
            if (i == labelField || i == layout.Id)
                continue;
            ReadOnlySpan<byte> text = table[i];
            if (text.IsEmpty)
            {
                // Empty fields end a sequence, unless a value follows.
                gap ??= i;
                continue;
            }
            if (gap is { } missing)
                throw table.NoNumber(missing);
            if (i >= table.Names?.Length)
                throw table.Error(i, $"the row has more fields than the header names: {table.FieldCount} against {table.Names.Length}; correct one of them.");
            _row.Add(NumberText.TryParse(text, out float value) ? value : throw table.NoNumber(i));
        }
        if (_row.Count == 0)
            throw table.Error($"the row has no values{(labelField is null ? "" : " besides the label")}; add them or drop the row.");
        if (_row.Count % layout.Channels != 0)
            throw table.Error($"the number of values, {_row.Count}, is no multiple of the {layout.Channels} channels; correct the row or the number of channels.");
        Memory<float> values = _store.Take(_row.Count);
        _row.Span.CopyTo(values.Span);
        _sequences.Add(new Sequence(values, layout.Channels, label));
    }

    public SequenceDataset Finish(string name)
    {
        string[] classes = _labels.Sort(out int[] rank);
        return new SequenceDataset(layout.Channels, classes, _sequences.Select(s => s.Label < 0 ? s : s.WithLabel(rank[s.Label])), name);
    }

    private int? LabelField()
    {
        if (!layout.LabelIsLast)
            return layout.Label;
        if (!layout.TrailingDelimiter)
            return table.FieldCount - 1;
        if (!table[table.FieldCount - 1].IsEmpty)
            throw table.Error(table.FieldCount - 1, "the first row ends with a delimiter and this one doesn't; end all rows alike, or say which column holds the labels.");
        return table.FieldCount - 2 >= 0 ? table.FieldCount - 2 : throw table.Error("the row has no values; add them or drop the row.");
    }
}
