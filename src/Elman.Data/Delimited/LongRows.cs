namespace Elman.Data;

/// <summary>Long form: each row is one step of a sequence, <c>id,time,label,x,y</c>. Rows of a sequence may stand apart.</summary>
internal sealed class LongRows(Table table, LongLayout layout, LabelColumns labels, DataFileOptions options, Remarks remarks) : IRowReader
{
    private readonly NameTable _ids = new(), _groups = new();
    private readonly TimeColumn _times = new();
    private readonly LongSeries _series = new(layout.Channels.Length, labels.Count);
    private readonly RoundingWatch _rounding = new(layout.Channels.Length);
    private int _index = -1;

    public int SequenceCount => _series.Count;

    public void Take()
    {
        CheckFieldCount();
        ReadOnlySpan<byte> id = layout.Id is { } idField ? table[idField] : "all"u8;
        if (id.IsEmpty)
            throw table.Error(layout.Id!.Value, "the id is missing; every row needs one.");
        // Most rows have the id of the row before.
        int index = _index >= 0 && _ids[_index].SequenceEqual(id) ? _index : _ids.FindOrAdd(id);
        bool isNew = index == _series.Count;
        _index = index;
        if (_series.GoTo(index, table.Line) && layout.Time is null)
        {
            remarks.Add("ids that come back",
                $"Line {table.Line}: the id '{_ids.Names[index]}' comes back after rows of others, and there is no time column; "
                    + "its rows are one sequence, in the order of the file. Make ids different if these are several sequences.");
        }
        for (int column = 0; column < labels.Count; column++)
            TakeLabel(column, isNew, index);
        if (layout.Group is { } groupField)
            TakeGroup(groupField, isNew, index);
        if (layout.Time is { } timeField && _series.AddTime(_times.Read(table, timeField), table.Line) is { } before)
            throw table.Error(timeField, $"sequence '{_ids.Names[index]}' has a row with this time on line {before} already; "
                + "times within a sequence must differ.");
        for (int c = 0; c < layout.Channels.Length; c++)
        {
            int field = layout.Channels[c];
            if (!NumberText.TryParseField(table[field], out float value, out double exact))
                throw table.NoNumber(field);
            if (!float.IsNaN(value))
                _rounding.Add(c, exact, value);
            _series.Add(value);
        }
    }

    public SequenceDataset Finish(string name)
    {
        if (options.Format == DelimitedForm.Auto && options.Known is null && _series.Count > 1 && !_series.AnyHasSteps)
            throw new DataFileException(name, $"every id in {table.Describe(layout.Id!.Value)} occurs once, so the file looks like wide "
                + "form; say which form it has, wide or long.");

        _rounding.Report(c => table.Describe(layout.Channels[c]), remarks);
        if (layout.Time is not null)
            TimeGaps.Report(_series.Count, i => _series.HasTimes(i) ? _series.TimesOf(i) : null, _times, Place, remarks);
        var ofSteps = new List<int[]>();
        (PackedSequences sequences, (int Series, long First, long Second)? twice) = _series.Complete(
            layout.Id is null ? null : _ids, _groups, ofSteps);
        if (twice is var (series, first, second))
            throw new DataFileException(name, $"sequence '{_ids.Names[series]}' has two rows with the same time, on lines {first} and "
                + $"{second}; times within a sequence must differ.", second, layout.Time + 1, table.Describe(layout.Time!.Value));
        string[] channels = table.Names is null ? [] : [.. layout.Channels.Select(table.NameOf)];
        return labels.Attach(
            new Found(layout.Channels.Length, channels.Distinct().Count() == channels.Length ? channels : [], ColumnsOf(), name), sequences,
            _series.Labels, ofSteps, remarks);
    }

    private (string Sequence, string Row) Place(int series, int row) => (
        layout.Id is null ? "The series" : $"Sequence '{_ids.Names[series]}'",
        FormattableString.Invariant($"line {_series.TimesOf(series).LineOf(row)}"));

    /// <summary>Where the columns were found, for other data.</summary>
    private TableColumns ColumnsOf() => new()
    {
        IsLong = true,
        Id = Name(layout.Id),
        Time = Name(layout.Time),
        Group = Name(layout.Group),
        Labels = [.. layout.Labels.Select(column => Name(column)!)],
    };

    private string? Name(int? column) => column is { } field ? table.NameOf(field) : null;

    private void TakeGroup(int field, bool isNew, int index)
    {
        int group = _groups.FindOrAdd(table[field]);
        if (isNew)
            _series.Groups.Add(group);
        int first = _series.Groups[index];
        if (group != first)
            throw table.Error(field, $"sequence '{_ids.Names[index]}' is of the group {NumberText.Quote(table[field])} here and of "
                + $"'{_groups.Names[first]}' on line {_series.FirstLineOf(index)}; a sequence belongs to one group.");
    }

    private void TakeLabel(int column, bool isNew, int index)
    {
        int label = labels[column].Read(table, layout.Labels[column]);
        if (options.Labels == LabelKind.Steps)
        {
            _series.AddStepLabel(label);
            return;
        }
        if (isNew)
            _series.Labels[column].Add(label);
        int first = _series.Labels[column][index];
        if (label != first && options.Labels is not (LabelKind.Any or LabelKind.None))
        {
            string hint = options.Labels == LabelKind.Class ? ", unless its steps are labelled (--task tag)" : "";
            throw table.Error(layout.Labels[column],
                $"sequence '{_ids.Names[index]}' is labelled '{labels[column].Name(label)}' here and "
                    + $"'{labels[column].Name(first)}' on line {_series.FirstLineOf(index)}; a sequence has one label{hint}.");
        }
    }

    private void CheckFieldCount()
    {
        bool fits = table.FieldCount >= layout.FieldCount;
        // Delimiters at the end of a row add empty fields, which do no harm.
        for (int i = layout.FieldCount; i < table.FieldCount && fits; i++)
            fits = table[i].IsEmpty;
        if (!fits)
            throw table.Error($"the row has another number of fields than the first row: {table.FieldCount} against {layout.FieldCount}; "
                + "give all rows the same fields.");
    }
}
