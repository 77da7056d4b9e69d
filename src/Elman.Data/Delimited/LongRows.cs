namespace Elman.Data;

/// <summary>Long form: each row is one step of a sequence, <c>id,time,label,x,y</c>. Rows of a sequence need not be adjacent.</summary>
internal sealed class LongRows(TableRows table, LongLayout layout, LabelColumns labels, DataFileOptions options, Remarks remarks)
    : IRowReader
{
    private readonly NameTable _ids = new(), _groups = new();
    private readonly TimeColumn _times = new(options.TimeFormat ?? options.Known?.TimeFormat);
    private readonly LongSeries _series = new(layout.Channels.Length, labels.Count);
    private readonly RoundingWatch _rounding = RoundingWatch.OfChannels(
        options.OffsetTable, table.Names is null ? null : c => table.NameOf(layout.Channels[c]));
    private readonly RowCounters? _counters = options.Channels is null && options.KnownChannels.Count == 0 && table.Names is not null
        && layout.Texts.Length == 0
        ? new(layout.Channels.Length)
        : null;
    private int _index = -1;
    private long _lastLine;
    private readonly VocabularyBuilder?[] _texts =
        [.. layout.Channels.Select(column => layout.Texts.Contains(column) ? new VocabularyBuilder(TextTokens.Whole) : null)];
    private readonly List<float> _symbol = [];

    private readonly BlankLines? _blank = layout.Id is not null || layout.Time is not null ? null : new(table,
        "the rows before and after them are one sequence. "
            + (layout.FieldCount == 1 ? "Write '?' for a missing value; if blank lines" : "If they")
            + " separate sequences, add an id column (--id-column)");

    private readonly SeriesDoubts? _totals = layout.Id is null && layout.Time is null && layout.Texts.Length == 0
        ? new(layout.Channels.Length)
        : null;

    public int SequenceCount => _series.Count;

    public void Take()
    {
        _blank?.Look();
        _lastLine = table.Line;
        CheckFieldCount();
        ReadOnlySpan<byte> id = layout.Id is { } idField ? table[idField] : "all"u8;
        if (id.IsEmpty)
            throw table.Error(layout.Id!.Value, "the id is missing; every row needs one.");
        // Most rows have the same id as the previous row.
        int index = _index >= 0 && _ids[_index].SequenceEqual(id) ? _index : _ids.FindOrAdd(id);
        bool isNew = index == _series.Count;
        _index = index;
        if (_series.GoTo(index, table.Line) && layout.Time is null)
        {
            remarks.Add("ids that come back",
                $"{table.LineTitle}: the id {Quoted(_ids.Names[index])} occurs again after rows of other ids, and there is no time column; "
                    + "its rows are read as one sequence, in file order. If they are several sequences, give them different ids.");
        }
        for (int column = 0; column < labels.Count; column++)
            TakeLabel(column, isNew, index);
        if (layout.Group is { } groupField)
            TakeGroup(groupField, isNew, index);
        if (layout.Time is { } timeField && _series.AddTime(_times.Read(table, timeField), table.Line) is { } before)
            throw table.Error(timeField, $"sequence {Quoted(_ids.Names[index])} already has a row with this time on {table.LineWord} "
                + $"{before}; times within a sequence must differ.");
        for (int c = 0; c < layout.Channels.Length; c++)
        {
            int field = layout.Channels[c];
            if (_texts[c] is { } texts)
            {
                _series.Add(TextColumn.Read(table, field, texts, _symbol));
                continue;
            }
            if (!table.TryNumber(field, out float value, out double exact))
                throw TextColumn.NoNumber(table, field, layout.Id, layout.Time);
            _series.Add(float.IsNaN(value) ? value : _rounding.Keep(c, exact, value));
        }
        _counters?.Look(_series.Row);
        _totals?.Look(_series.Row);
    }

    public SequenceDataset Finish(string name)
    {
        if (options.Format == DelimitedForm.Auto && options.Known is null && _series.Count > 1 && !_series.AnyHasSteps)
            throw new DataFileException(name, $"every id in {table.Describe(layout.Id!.Value)} occurs once, so the file looks like wide "
                + "form; declare its form (--layout wide, or --layout long).");

        (Vocabulary?[] vocabularies, IReadOnlyList<int>?[] numbers) = TextColumn.Build(_texts, table.Names is null ? null
            : c => table.NameOf(layout.Channels[c]), remarks);
        if (layout.Time is { } timeColumn)
        {
            _times.Report(table.Describe(timeColumn), remarks, options.Labels == LabelKind.None && options.Known is null);
            TimeGaps.Report(_series.Count, i => _series.HasTimes(i) ? _series.TimesOf(i) : null, _times, Place, remarks);
        }
        var ofSteps = new List<int[]>();
        (PackedSequences sequences, (int Series, long First, long Second)? twice) = _series.Complete(
            layout.Id is null ? null : _ids, _groups, ofSteps);
        if (twice is var (series, first, second))
            throw table.ErrorAt(second, layout.Time, $"sequence {Quoted(_ids.Names[series])} has two rows with the same time, on "
                + $"{table.LineWord}s {first} and {second}; times within a sequence must differ.");
        if (layout.Time is not null)
            sequences.Times = Times();
        for (int i = 0; i < sequences.Count && layout.Texts.Length > 0; i++)
            TextColumn.Number(System.Runtime.InteropServices.MemoryMarshal.AsMemory(sequences.ValuesOf(i)).Span, numbers);
        int[] kept = PassOverCounters(name, sequences);
        options.OffsetTable?.Keep(kept, layout.Channels.Length);
        _blank?.Report(remarks);
        _totals?.ReportTotals($"{table.LineWord} {_lastLine}", remarks);
        if (layout.Id is not null)
            SeriesDoubts.ReportIds(_ids, remarks);
        _rounding.Report(c => table.Describe(layout.Channels[c]), remarks, kept);
        string[] channels = table.Names is null ? [] : [.. kept.Select(c => table.NameOf(layout.Channels[c]))];
        return labels.Attach(
            new Found(kept.Length, channels.Distinct().Count() == channels.Length ? channels : [], ColumnsOf(), name)
            {
                Vocabularies = layout.Texts.Length > 0 ? vocabularies : [],
            }, sequences, _series.Labels, ofSteps, remarks);
    }

    /// <summary>Returns the channels without those that count the rows of the file.</summary>
    private int[] PassOverCounters(string name, PackedSequences sequences)
    {
        int[] all = [.. Enumerable.Range(0, layout.Channels.Length)];
        if (_counters is null)
            return all;
        string NameOf(int channel) => table.NameOf(layout.Channels[channel]);
        // After subtraction of an offset, any number that increases by 1 counts from 0.
        int[] ofRows = [.. _counters.OfRows(sequences.Count, NameOf).Where(channel => _rounding.OffsetOf(channel) == 0)];
        int[] kept = [.. all.Except(ofRows)];
        if (kept.Length == 0)
            throw new DataFileException(name, $"{table.Describe(layout.Channels[0])} is a row counter, {_counters.Describe(0)}, and no "
                + "other column remains for values; list it in --channels if it holds values.");
        foreach (int channel in ofRows)
            remarks.Add("columns that are not used", $"Column {layout.Channels[channel] + 1} ({Quoted(NameOf(channel))}) is ignored, "
                + $"because it is a row counter, {_counters.Describe(channel)}; list it in --channels if it holds values.");
        foreach (int channel in _counters.OfSteps(sequences, NameOf).Except(ofRows))
            remarks.Add("columns that count steps", $"Column {layout.Channels[channel] + 1} ({Quoted(NameOf(channel))}) numbers the steps "
                + "of each sequence and is read as a channel; "
                + (layout.Time is null
                    ? "name it as the time column (--time-column) if it orders the steps."
                    : "list the other columns in --channels if it holds no values."));
        if (kept.Length < all.Length)
            sequences.KeepChannels(kept);
        return kept;
    }

    /// <summary>Returns the times of each sequence; those of sequences with one step are created on access.</summary>
    private Func<int, SequenceTimes?> Times()
    {
        var known = new Dictionary<int, SequenceTimes?>();
        for (int i = 0; i < _series.Count; i++)
            if (_series.HasTimes(i))
                known[i] = _times.Of(_series.OrderedTimesOf(i));
        return i => known.TryGetValue(i, out SequenceTimes? times) ? times : _times.Of(_series.OrderedTimesOf(i));
    }

    private (string Sequence, string Row) Place(int series, int row) => (
        layout.Id is null ? "The series" : $"Sequence {Quoted(_ids.Names[series])}",
        FormattableString.Invariant($"{table.LineWord} {_series.TimesOf(series).LineOf(row)}"));

    /// <summary>Returns the columns that were found, for reading other data.</summary>
    private TableColumns ColumnsOf() => new()
    {
        IsLong = true,
        Id = Name(layout.Id),
        Time = Name(layout.Time),
        TimeFormat = options.TimeFormat ?? options.Known?.TimeFormat,
        Group = Name(layout.Group),
        Labels = [.. layout.Labels.Select(column => Name(column)!)],
        Texts = [.. layout.Texts.Select(column => Name(column)!)],
        HasDecimalComma = table.HasDecimalComma,
    };

    private string? Name(int? column) => column is { } field ? table.NameOf(field) : null;

    private void TakeGroup(int field, bool isNew, int index)
    {
        int group = _groups.FindOrAdd(table[field]);
        if (isNew)
            _series.Groups.Add(group);
        int first = _series.Groups[index];
        if (group != first)
            throw table.Error(field, $"sequence {Quoted(_ids.Names[index])} is of the group {NumberText.Quote(table[field])} here and of "
                + $"{Quoted(_groups.Names[first])} on {table.LineWord} {_series.FirstLineOf(index)}; a sequence belongs to one group. "
                + "Correct one of the two rows.");
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
            string hint = options.Labels == LabelKind.Class
                ? ", unless steps have labels (--task tag) or recordings are cut into windows (--window 100)"
                : "";
            throw table.Error(layout.Labels[column],
                $"sequence {Quoted(_ids.Names[index])} is labelled {Quoted(labels[column].Name(label))} here and "
                    + $"{Quoted(labels[column].Name(first))} on {table.LineWord} {_series.FirstLineOf(index)}; a sequence has one "
                    + $"label{hint}.");
        }
    }

    private void CheckFieldCount()
    {
        bool fits = table.FieldCount >= layout.FieldCount;
        // Delimiters at the end of a row add empty fields, which are harmless.
        for (int i = layout.FieldCount; i < table.FieldCount && fits; i++)
            fits = table[i].IsEmpty;
        if (!fits)
            throw table.Error($"the row has {table.FieldCount} fields, the first row has {layout.FieldCount}; give all rows the same "
                + "fields.");
    }
}
