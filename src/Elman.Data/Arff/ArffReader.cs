namespace Elman.Data;

/// <summary>
/// Reads the <c>.arff</c> format of Weka: a header that declares attributes, then a row for each sequence. The values are numeric
/// attributes, one for each step, or, as in the UEA archive, the rows of a relational attribute, one for each channel.
/// </summary>
internal sealed class ArffReader
{
    /// <summary>The options that are used for such files.</summary>
    public static readonly OptionUse Use = new(".arff files", "--label-column", "--id-column", "--group-column", "--channels");

    private readonly TextLines _lines;
    private readonly ArffRow _row;
    private readonly IReadOnlyList<ArffAttribute> _attributes;
    private readonly ArffLayout _layout;
    private readonly LabelKind _labels;
    private readonly Remarks _remarks = new();
    private readonly ValueStore _store = new();
    private readonly ValueBuffer _case = new();
    private readonly RoundingWatch _rounding, _targetRounding;
    private readonly NameTable _ids = new(), _groups = new();
    private PackedSequences? _sequences;
    private int? _channels;
    private int _endingEmpty;

    private ArffReader(SourceStream source, DataFileOptions options)
    {
        _labels = options.Labels;
        _lines = new TextLines(source);
        _row = new ArffRow(_lines);
        _attributes = ArffHeader.Read(_lines);
        if (_labels is LabelKind.Classes or LabelKind.Steps)
            throw _lines.Error($"an .arff file has one label per sequence; "
                + $"{(_labels == LabelKind.Steps ? "labels of steps" : "several classes of one sequence")} are read from .csv, .tsv and "
                + ".jsonl files; write one of those.");
        _layout = ArffLayout.Resolve(_attributes, options, source.Name, _remarks);
        _rounding = RoundingWatch.OfChannels(options.OffsetTable);
        _targetRounding = RoundingWatch.OfTargets(options.OffsetTable, target => _attributes[_layout.Labels[target]].Name);
    }

    /// <summary>Reads all rows.</summary>
    /// <exception cref="DataFileException">The file is not an <c>.arff</c> file, or holds something that is not supported.</exception>
    public static SequenceDataset Read(SourceStream source, DataFileOptions options)
    {
        var reader = new ArffReader(source, options);
        while (reader._lines.Read())
        {
            if (reader._row.Cut())
                reader.Take();
            source.Sequences = reader._sequences?.Count ?? 0;
        }
        if (reader._sequences is null)
            throw new DataFileException(source.Name, "there are no rows after @data; add one row for each sequence.");
        return reader.Finish(source.Name);
    }

    private void Take()
    {
        if (_row.Count != _attributes.Count)
            throw _lines.Error($"the row has {Amount.Of(_row.Count, "value")} for {_attributes.Count} attributes; give one for each, and "
                + "put text with blanks or commas in quotes.");
        _case.Clear();
        Memory<float> values;
        if (_layout.IsRelational)
        {
            int channels = ArffRelation.Read(_row, _layout.Values[0], _attributes[_layout.Values[0]], _case, _rounding);
            if (channels != (_channels ??= channels))
                throw _row.Error(_layout.Values[0], $"this sequence has {Amount.Of(channels, "channel")}, the first has {_channels}; "
                    + "give all sequences the same. A channel is a line of the quoted text, with a value for each step.");
            values = _store.TakeTransposed(_case.Span, channels);
        }
        else
        {
            foreach (int field in _layout.Values)
                _case.Add(Number(field, _rounding, _case.Count % _layout.Channels));
            if (_case.Count % _layout.Channels != 0)
                throw _lines.Error($"the number of values, {_case.Count}, is not a multiple of the "
                    + $"{Amount.Of(_layout.Channels, "channel")}; correct the number of channels.");
            _channels = _layout.Channels;
            values = _store.Take(_case.Count);
            _case.Span.CopyTo(values.Span);
        }
        if (!values.Span[^_channels.Value..].ContainsAnyExcept(float.NaN))
            _endingEmpty++;
        int label = Label(), id = Id(), group = IndexOf(_layout.Group, _groups);
        _sequences ??= new PackedSequences(_channels.Value);
        _sequences.Add(values);
        _sequences.LabelLast(label);
        if (id >= 0)
            _sequences.NameLast(_ids, id);
        if (group >= 0)
            _sequences.GroupLast(_groups, group);
        if (_labels == LabelKind.Numbers)
            _sequences.TargetLast([.. _layout.Labels.Select((field, target) => Number(field, _targetRounding, target))]);
    }

    private SequenceDataset Finish(string name)
    {
        if (_endingEmpty > 0)
            _remarks.Add("padding", $"{_endingEmpty} of {_sequences!.Count} sequences end in steps that are all '?'. They are read as "
                + "missing; if they are padding, choose --missing mask, which skips them.");
        _rounding.Report(c => _channels == 1 ? "the sequences" : $"channel {c + 1}", _remarks);
        _targetRounding.Report(target => Quoted(_attributes[_layout.Labels[target]].Name), _remarks);
        if (_layout.IsRelational)
            DoubtRelation();
        bool hasNumbers = _labels == LabelKind.Numbers;
        IReadOnlyList<string> classes = _labels is LabelKind.Class or LabelKind.Any && _layout.Labels.Length == 1
            ? _attributes[_layout.Labels[0]].Classes?.Names ?? []
            : [];
        return SequenceDataset.Over(
            _channels!.Value, classes, _sequences!, name, hasNumbers ? _layout.Labels.Select(i => _attributes[i].Name) : null,
            warnings: _remarks.Texts);
    }

    /// <summary>Warns that the rows of a relational attribute, which are channels in the files of the archive, may be steps.</summary>
    private void DoubtRelation()
    {
        List<ArffAttribute> inner = _attributes[_layout.Values[0]].Inner;
        if (inner.Find(step => !char.IsAsciiDigit(step.Name.LastOrDefault())) is { } named && inner.Count > 1)
            _remarks.Add("relation", $"The attributes within {Quoted(_attributes[_layout.Values[0]].Name)} are read as steps, as in the "
                + $"UEA archive, but {Quoted(named.Name)} does not number steps; if they are channels, convert the file to a .csv file "
                + "with a row for each step.");
        else if (_channels > inner.Count)
            _remarks.Add("relation", $"Each sequence is read as {Amount.Of(_channels ?? 0, "channel")} of at most "
                + $"{Amount.Of(inner.Count, "step")}, as in the UEA archive, where a line of the quoted text is a channel; if it is a "
                + "step, convert the file to a .csv file with a row for each step.");
    }

    private float Number(int field, RoundingWatch rounding, int column)
    {
        if (_row.IsMissing(field))
            return float.NaN;
        return NumberText.TryParseOrMissing(_row[field], out float value, out double exact)
            ? float.IsNaN(value) ? value : rounding.Keep(column, exact, value)
            : throw _row.Error(field, $"attribute {Quoted(_attributes[field].Name)}: {NumberText.Explain(_row[field])}");
    }

    private int Label()
    {
        if (_labels is not (LabelKind.Class or LabelKind.Any) || _layout.Labels.Length != 1)
            return Sequence.NoLabel;
        int field = _layout.Labels[0];
        if (_row.IsMissing(field) || _attributes[field].Classes is not { } classes)
            return Sequence.NoLabel;
        int label = classes.Find(_row[field]);
        if (label >= 0 || _labels == LabelKind.Any)
            return label;
        const int Listed = 10;
        throw _row.Error(field, $"{NumberText.Quote(_row[field])} is not one of the values declared for {Quoted(_attributes[field].Name)} "
            + $"({string.Join(", ", classes.Names.Take(Listed))}{(classes.Names.Count > Listed ? ", …" : "")}); correct it, or declare "
            + "it.");
    }

    /// <summary>Returns the index of the row's id; −1 if there is none.</summary>
    private int Id()
    {
        if (_layout.Id is not { } field || _row.IsMissing(field))
            return -1;
        if (_ids.Find(_row[field]) >= 0)
            throw _row.Error(field, $"the id {NumberText.Quote(_row[field])} occurs in an earlier row, but in an .arff file a row is a "
                + "sequence; write steps as rows of a .csv file, or give every sequence a different id.");
        return IndexOf(field, _ids);
    }

    private int IndexOf(int? field, NameTable names) =>
        field is { } index && !_row.IsMissing(index) ? names.FindOrAdd(_row[index]) : -1;
}
