namespace Elman.Data;

/// <summary>Long form: each row is one step of a sequence, <c>id,time,label,x,y</c>. Rows of a sequence may stand apart.</summary>
internal sealed class LongRows(Table table, LongLayout layout, LabelColumns labels, DataFileOptions options, Remarks remarks) : IRowReader
{
    private readonly NameTable _ids = new(), _groups = new();
    private readonly TimeColumn _times = new();
    private readonly List<LongSeries> _series = [];
    private readonly RoundingWatch _rounding = new(layout.Channels.Length);
    private readonly VocabularyBuilder?[] _texts =
        [.. layout.Channels.Select(column => layout.Texts.Contains(column) ? new VocabularyBuilder(TextTokens.Whole) : null)];
    private readonly List<float> _symbol = [];
    private LongSeries? _current;

    public int SequenceCount => _series.Count;

    public void Take()
    {
        CheckFieldCount();
        ReadOnlySpan<byte> id = layout.Id is { } idField ? table[idField] : "all"u8;
        if (id.IsEmpty)
            throw table.Error(layout.Id!.Value, "the id is missing; every row needs one.");
        int index = _ids.FindOrAdd(id);
        bool isNew = index == _series.Count;
        if (isNew)
            _series.Add(
                new LongSeries(labels.Count, table.Line) { Group = layout.Group is { } first ? _groups.FindOrAdd(table[first]) : -1 });
        LongSeries series = _series[index];
        if (series != _current)
            GoOn(series, index);
        for (int column = 0; column < labels.Count; column++)
            TakeLabel(series, column, isNew, index);
        if (layout.Group is { } groupField && _groups.FindOrAdd(table[groupField]) != series.Group)
        {
            throw table.Error(
                groupField, $"sequence '{_ids.Names[index]}' is of the group {NumberText.Quote(table[groupField])} here and of "
                    + $"'{_groups.Names[series.Group]}' on line {series.FirstLine}; a sequence belongs to one group.");
        }

        if (layout.Time is { } timeField)
            TakeTime(series, timeField, index);
        for (int c = 0; c < layout.Channels.Length; c++)
        {
            int field = layout.Channels[c];
            if (_texts[c] is { } texts)
            {
                series.Values.Add(TextColumn.Read(table, field, texts, _symbol));
                continue;
            }
            if (!NumberText.TryParseField(table[field], out float value, out double exact))
                throw TextColumn.NoNumber(table, field);
            if (!float.IsNaN(value))
                _rounding.Add(c, exact, value);
            series.Values.Add(value);
        }
        series.Steps++;
    }

    public SequenceDataset Finish(string name)
    {
        if (options.Format == DelimitedForm.Auto && options.Known is null && _series.Count > 1 && _series.All(s => s.Steps == 1))
            throw new DataFileException(name, $"every id in {table.Describe(layout.Id!.Value)} occurs once, so the file looks like wide "
                + "form; say which form it has, wide or long.");

        _current = null;
        (Vocabulary?[] vocabularies, IReadOnlyList<int>?[] numbers) = TextColumn.Build(_texts, table.Names is null ? null
            : c => table.NameOf(layout.Channels[c]), remarks);
        _rounding.Report(c => table.Describe(layout.Channels[c]), remarks);
        if (layout.Time is not null)
            TimeGaps.Report([.. _series.Select(series => series.Times)], _times, Place, remarks);
        var store = new ValueStore();
        var sequences = new Sequence[_series.Count];
        int[][] ofSequences = [.. _series.Select(series => series.Labels)], ofSteps = new int[sequences.Length][];
        for (int i = 0; i < sequences.Length; i++)
        {
            LongSeries series = _series[i];
            Memory<float> values = store.Take(series.Values.Count);
            if (series.CopyOrdered(values.Span, layout.Channels.Length) is var (first, second))
            {
                throw new DataFileException(name, $"sequence '{_ids.Names[i]}' has two rows with the same time, on lines {first} and "
                    + $"{second}; times within a sequence must differ.", second, layout.Time + 1, table.Describe(layout.Time!.Value));
            }
            TextColumn.Number(values.Span, numbers);
            sequences[i] = new Sequence(values, layout.Channels.Length)
            {
                Id = layout.Id is null ? null : _ids.Names[i],
                Group = series.Group < 0 ? null : _groups.Names[series.Group],
            };
            ofSteps[i] = series.OrderedStepLabels();
            // What is copied is let go, so that most values lie in memory once.
            _series[i] = null!;
        }
        string[] channels = table.Names is null ? [] : [.. layout.Channels.Select(table.NameOf)];
        return labels.Attach(
            new Found(layout.Channels.Length, channels.Distinct().Count() == channels.Length ? channels : [], ColumnsOf(), name)
            {
                Vocabularies = layout.Texts.Length > 0 ? vocabularies : [],
            }, sequences, ofSequences, ofSteps, remarks);
    }

    private (string Sequence, string Row) Place(int series, int row) => (
        layout.Id is null ? "The series" : $"Sequence '{_ids.Names[series]}'",
        FormattableString.Invariant($"line {_series[series].Times.LineOf(row)}"));

    /// <summary>Where the columns were found, for other data.</summary>
    private TableColumns ColumnsOf() => new()
    {
        IsLong = true,
        Id = Name(layout.Id),
        Time = Name(layout.Time),
        Group = Name(layout.Group),
        Labels = [.. layout.Labels.Select(column => Name(column)!)],
        Texts = [.. layout.Texts.Select(column => Name(column)!)],
    };

    private string? Name(int? column) => column is { } field ? table.NameOf(field) : null;

    /// <summary>Rows of another sequence begin, or go on.</summary>
    private void GoOn(LongSeries series, int index)
    {
        _current?.Pause();
        _current = series;
        if (series.Steps > 0 && layout.Time is null)
        {
            remarks.Add("ids that come back",
                $"Line {table.Line}: the id '{_ids.Names[index]}' comes back after rows of others, and there is no time column; "
                    + "its rows are one sequence, in the order of the file. Make ids different if these are several sequences.");
        }
    }

    private void TakeTime(LongSeries series, int field, int index)
    {
        double time = _times.Read(table, field);
        if (series.Times is { Count: > 0 and var count } times && times[count - 1] == time)
            throw table.Error(field, $"sequence '{_ids.Names[index]}' has a row with this time on line {times.LineOf(count - 1)} already; "
                + "times within a sequence must differ.");
        series.Times.Add(time, table.Line);
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
        if (label != series.Labels[column] && options.Labels is not (LabelKind.Any or LabelKind.None))
        {
            string hint = options.Labels == LabelKind.Class ? ", unless its steps are labelled (--task tag)" : "";
            throw table.Error(layout.Labels[column],
                $"sequence '{_ids.Names[index]}' is labelled '{labels[column].Name(label)}' here and "
                    + $"'{labels[column].Name(series.Labels[column])}' on line {series.FirstLine}; a sequence has one label{hint}.");
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
