namespace Elman.Data;

/// <summary>Long form: each row is one step of a sequence, <c>id,time,label,x,y</c>. Rows of a sequence may stand apart.</summary>
internal sealed class LongRows(Table table, LongLayout layout, LabelColumns labels, DataFileOptions options) : IRowReader
{
    private readonly NameTable _ids = new();
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
        bool isNew = index == _series.Count;
        if (isNew)
            _series.Add(new LongSeries(labels.Count, table.Line));
        LongSeries series = _series[index];
        if (series != _current)
            _current?.Pause();
        _current = series;
        for (int column = 0; column < labels.Count; column++)
            TakeLabel(series, column, isNew, index);

        if (layout.Time is { } timeField)
        {
            double time = _times.Read(table, timeField);
            if (series.Times is { Count: > 0 and var count } times && times[count - 1] == time)
                throw table.Error(timeField, $"sequence '{_ids.Names[index]}' has a row with this time on line {times.LineOf(count - 1)} already; times within a sequence must differ.");
            series.Times.Add(time, table.Line);
        }
        foreach (int channel in layout.Channels)
            series.Values.Add(NumberText.TryParseField(table[channel], out float value) ? value : throw table.NoNumber(channel));
        series.Steps++;
    }

    public SequenceDataset Finish(string name)
    {
        if (options.Format == DelimitedForm.Auto && _series.Count > 1 && _series.All(s => s.Steps == 1))
            throw new DataFileException(name, $"every id in {table.Describe(layout.Id)} occurs once, so the file looks like wide form; say which form it has, wide or long.");

        _current = null;
        var store = new ValueStore();
        var sequences = new Sequence[_series.Count];
        int[][] ofSequences = [.. _series.Select(series => series.Labels)], ofSteps = new int[sequences.Length][];
        for (int i = 0; i < sequences.Length; i++)
        {
            LongSeries series = _series[i];
            Memory<float> values = store.Take(series.Values.Count);
            if (series.CopyOrdered(values.Span, layout.Channels.Length) is var (first, second))
            {
                throw new DataFileException(name, $"sequence '{_ids.Names[i]}' has two rows with the same time, on lines {first} and {second}; times within a sequence must differ.",
                    second, layout.Time + 1, table.Describe(layout.Time!.Value));
            }
            sequences[i] = new Sequence(values, layout.Channels.Length);
            ofSteps[i] = series.OrderedStepLabels();
            // What is copied is let go, so that most values lie in memory once.
            _series[i] = null!;
        }
        return labels.Attach(layout.Channels.Length, sequences, ofSequences, ofSteps, name);
    }

    private void TakeLabel(LongSeries series, int column, bool isNew, int index)
    {
        int label = labels[column].Read(table, layout.Labels[column]);
        if (options.Labels == LabelKind.Steps)
        {
            series.StepLabels.Add(label);
            return;
        }
        if (isNew)
            series.Labels[column] = label;
        if (label != series.Labels[column] && options.Labels != LabelKind.Any)
        {
            throw table.Error(layout.Labels[column],
                $"sequence '{_ids.Names[index]}' is labelled '{labels[column].Name(label)}' here and '{labels[column].Name(series.Labels[column])}' on line {series.FirstLine}; a sequence has one label.");
        }
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
