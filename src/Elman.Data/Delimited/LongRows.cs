namespace Elman.Data;

/// <summary>Long form: each row is one step of a sequence, <c>id,time,label,x,y</c>. Rows of a sequence may stand apart.</summary>
internal sealed class LongRows(Table table, LongLayout layout, bool mayBeWide) : IRowReader
{
    private readonly NameTable _ids = new();
    private readonly LabelColumn _labels = new();
    private readonly TimeColumn _times = new();
    private readonly List<LongSeries> _series = [];
    private LongSeries? _current;

    public int SequenceCount => _series.Count;

    public void Take()
    {
        CheckFieldCount();
        ReadOnlySpan<byte> id = table[layout.Id];
        if (id.IsEmpty)
            throw table.Error(layout.Id, "the id is missing; every row needs one.");
        int index = _ids.FindOrAdd(id);
        int label = layout.Label is { } labelField ? _labels.Read(table, labelField) : Sequence.NoLabel;
        if (index == _series.Count)
            _series.Add(new LongSeries(label, table.Line));
        LongSeries series = _series[index];
        if (series != _current)
            _current?.Pause();
        _current = series;
        if (label != series.Label)
        {
            throw table.Error(layout.Label!.Value,
                $"sequence '{_ids.Names[index]}' is labelled '{_labels.Name(label)}' here and '{_labels.Name(series.Label)}' on line {series.FirstLine}; a sequence has one label.");
        }

        if (layout.Time is { } timeField)
        {
            double time = _times.Read(table, timeField);
            if (series.Times is { Count: > 0 and var count } times && times[count - 1] == time)
                throw table.Error(timeField, $"sequence '{_ids.Names[index]}' has a row with this time on line {times.LineOf(count - 1)} already; times within a sequence must differ.");
            series.Times.Add(time, table.Line);
        }
        foreach (int channel in layout.Channels)
            series.Values.Add(NumberText.TryParse(table[channel], out float value) ? value : throw table.NoNumber(channel));
        series.Steps++;
    }

    public SequenceDataset Finish(string name)
    {
        if (mayBeWide && _series.Count > 1 && _series.All(s => s.Steps == 1))
            throw new DataFileException(name, $"every id in {table.Describe(layout.Id)} occurs once, so the file looks like wide form; say which form it has, wide or long.");

        _current = null;
        string[] classes = _labels.Sort(out int[] rank);
        var store = new ValueStore();
        var sequences = new Sequence[_series.Count];
        for (int i = 0; i < sequences.Length; i++)
        {
            LongSeries series = _series[i];
            Memory<float> values = store.Take(series.Values.Count);
            if (series.CopyOrdered(values.Span, layout.Channels.Length) is var (first, second))
            {
                throw new DataFileException(name, $"sequence '{_ids.Names[i]}' has two rows with the same time, on lines {first} and {second}; times within a sequence must differ.",
                    second, layout.Time + 1, table.Describe(layout.Time!.Value));
            }
            sequences[i] = new Sequence(values, layout.Channels.Length, series.Label < 0 ? Sequence.NoLabel : rank[series.Label]);
            // What is copied is let go, so that most values lie in memory once.
            _series[i] = null!;
        }
        return new SequenceDataset(layout.Channels.Length, classes, sequences, name);
    }

    private void CheckFieldCount()
    {
        bool fits = table.FieldCount >= layout.FieldCount;
        // Delimiters at the end of a row add empty fields, which do no harm.
        for (int i = layout.FieldCount; i < table.FieldCount && fits; i++)
            fits = table[i].IsEmpty;
        if (!fits)
            throw table.Error($"the row has another number of fields than the first row: {table.FieldCount} against {layout.FieldCount}; give all rows the same fields.");
    }
}
