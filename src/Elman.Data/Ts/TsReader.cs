namespace Elman.Data;

/// <summary>Reads the <c>.ts</c> format of sktime and aeon: a header of tags, then one case per line, <c>1,2,3:4,5,6:label</c>.</summary>
internal sealed class TsReader
{
    /// <summary>The options that are used for such files.</summary>
    public static readonly OptionUse Use = new(".ts files, whose header describes the content");

    private const int ListedLabels = 10;
    private const string Target = "target";

    private readonly SourceStream _source;
    private readonly TsScanner _scanner;
    private readonly TsHeader _header;
    private readonly LabelKind _labels;
    private readonly ValueStore _store = new();
    private readonly ValueBuffer _case = new(); // [C, T] of the current case
    private readonly TsTimes? _times;
    private readonly Remarks _remarks = new();
    private readonly RoundingWatch _rounding, _targetRounding;
    private PackedSequences? _sequences;
    private int? _channels, _steps;

    /// <summary>Whether labels are not needed, so that no label is refused.</summary>
    private bool IsAnyLabel => _labels is LabelKind.Any or LabelKind.None;

    private TsReader(SourceStream source, DataFileOptions options)
    {
        (_source, _labels) = (source, options.Labels);
        _rounding = RoundingWatch.OfChannels(options.OffsetTable);
        _targetRounding = RoundingWatch.OfTargets(options.OffsetTable, _ => Target);
        _scanner = new TsScanner(source);
        _header = TsHeader.Read(_scanner, source.Name, _labels);
        _times = _header.HasTimes ? new TsTimes() : null;
        _channels = _header.Dimensions ?? (_header.Univariate == true ? 1 : null);
        _steps = _header.SeriesLength;
    }

    /// <summary>Reads all cases.</summary>
    /// <exception cref="DataFileException">The file is not a <c>.ts</c> file, or holds something that is not supported.</exception>
    public static SequenceDataset Read(SourceStream source, DataFileOptions options)
    {
        var reader = new TsReader(source, options);
        while (reader.ReadCase())
            source.Sequences = reader._sequences?.Count ?? 0;
        if (reader._sequences is null)
            throw new DataFileException(source.Name, "there are no cases after @data; add one case per line.");
        reader._rounding.Report(c => reader._channels == 1 ? "the sequences" : $"channel {c + 1}", reader._remarks);
        reader._targetRounding.Report(_ => "the targets", reader._remarks);
        return SequenceDataset.Over(reader._channels!.Value, reader._header.Classes?.Names ?? [], reader._sequences, source.Name,
            reader._header.HasTarget ? [Target] : null, warnings: [.. reader._remarks.Texts, .. reader._times?.Warnings() ?? []]);
    }

    private bool ReadCase()
    {
        while (true)
        {
            _scanner.SkipBlanks();
            int next = _scanner.Peek();
            if (next < 0)
                return false;
            if (next is not ('#' or '\n' or '\r'))
                break;
            _scanner.SkipLine();
        }

        _case.Clear();
        _times?.Begin(_scanner.Line);
        int channels = 0, steps = 0, steps0 = 0, label = Sequence.NoLabel;
        bool channelOpen = false;
        float target = float.NaN;
        while (true)
        {
            if (_times is not null && TakeStamped(channels, steps))
            {
                CellEnd behind = _scanner.ReadCell(out ReadOnlySpan<byte> between);
                if (!NumberText.TrimBlanks(between).IsEmpty)
                    throw Error($"{NumberText.Quote(between)} follows a value with its time; write ',' or ':' instead.",
                        _scanner.CellColumn);
                steps++;
                channelOpen = behind == CellEnd.Comma;
                if (!channelOpen)
                    EndChannel(ref channels, ref steps, ref steps0);
                if (behind != CellEnd.Line)
                    continue;
                if (channelOpen || ((_header.Classes is not null || _header.HasTarget) && !IsAnyLabel))
                    throw MissingLabel();
                break;
            }
            CellEnd end = _scanner.ReadCell(out ReadOnlySpan<byte> cell);
            bool hasNoLabel = channelOpen || channels == 0; // at the end of the line
            if (end == CellEnd.Line && (_header.Classes is not null || _header.HasTarget) && !(hasNoLabel && IsAnyLabel))
            {
                if (hasNoLabel)
                    throw MissingLabel();
                if (_header.HasTarget)
                    target = ReadTarget(cell);
                else
                    label = ReadLabel(cell);
                break;
            }
            _case.Add(_times is null && NumberText.TryParseOrMissing(cell, out float value, out double exact)
                ? Kept(_rounding, channels, exact, value)
                : throw BadValue(cell));
            steps++;
            channelOpen = end == CellEnd.Comma;
            if (channelOpen)
                continue;
            EndChannel(ref channels, ref steps, ref steps0);
            if (end == CellEnd.Line)
                break;
        }
        CheckDeclared(channels, steps0);
        Memory<float> values = _store.TakeTransposed(_case.Span, channels, _times is null ? default : _times.Order(Error));
        _scanner.EndLine();
        _sequences ??= new PackedSequences(channels);
        _sequences.Add(values);
        if (_header.HasTarget)
            _sequences.TargetLast(target);
        else
            _sequences.LabelLast(label);
        return true;
    }

    private void EndChannel(ref int channels, ref int steps, ref int steps0)
    {
        if (channels == 0)
            steps0 = steps;
        else if (steps != steps0)
            throw Error($"channel {channels + 1} of this case has {Amount.Of(steps, "step")}, channel 1 has {steps0}; give all channels of "
                + "a case the same length.");
        channels++;
        steps = 0;
    }

    /// <summary>Reads a value with its time stamp, if one comes next.</summary>
    private bool TakeStamped(int channel, int step)
    {
        _scanner.SkipBlanks();
        if (_scanner.Peek() != '(')
            return false;
        bool isClosed = _scanner.ReadStamped(out ReadOnlySpan<byte> stamped);
        int comma = stamped.LastIndexOf((byte)',');
        if (!isClosed || comma < 0)
            throw Error($"{NumberText.Quote(stamped)} is not a value with its time; write (time,value).", _scanner.CellColumn);
        ReadOnlySpan<byte> value = stamped[(comma + 1)..];
        if (_times!.Take(stamped[1..comma], channel, step) is { } problem)
            throw Error(problem, _scanner.CellColumn);
        _case.Add(NumberText.TryParseOrMissing(value, out float number, out double exact)
            ? Kept(_rounding, channel, exact, number)
            : throw Error(NumberText.Explain(value), _scanner.CellColumn));
        return true;
    }

    private void CheckDeclared(int channels, int steps)
    {
        if (_header.Univariate == false && channels == 1)
            throw Error("this case has 1 channel, but the header declares @univariate false; correct one of them.");
        if (channels != (_channels ??= channels))
        {
            string because = _header.Dimensions is null && _header.Univariate != true ? "the first case has" : "the header declares";
            throw Error($"this case has {Amount.Of(channels, "channel")}, {because} {_channels}; give all cases the same channels.");
        }
        if (_header.EqualLength != true && _header.SeriesLength is null)
            return;
        if (steps != (_steps ??= steps))
        {
            string because = _header.SeriesLength is null ? "with @equalLength true, the first case has" : "@seriesLength is";
            throw Error(
                $"this case has {Amount.Of(steps, "step")}, {because} {_steps}; correct the case, or declare @equalLength false.");
        }
    }

    private float ReadTarget(ReadOnlySpan<byte> cell)
    {
        ReadOnlySpan<byte> text = NumberText.TrimBlanks(cell);
        if (IsAnyLabel)
            return float.NaN;
        if (text.IsEmpty)
            throw MissingLabel();
        return text is [(byte)'?'] || text.SequenceEqual("NaN"u8)
            ? float.NaN
            : NumberText.TryParse(text, out float value, out double exact)
                ? _targetRounding.Keep(0, exact, value)
                : throw Error(NumberText.Explain(text), _scanner.CellColumn);
    }

    private static float Kept(RoundingWatch rounding, int column, double exact, float value) =>
        float.IsNaN(value) ? value : rounding.Keep(column, exact, value);

    private int ReadLabel(ReadOnlySpan<byte> cell)
    {
        ReadOnlySpan<byte> name = NumberText.TrimBlanks(cell);
        if (name.IsEmpty && !IsAnyLabel)
            throw MissingLabel();
        int label = _header.Classes!.Find(name);
        if (label >= 0)
            return label;
        if (IsAnyLabel)
            return Sequence.NoLabel;
        IReadOnlyList<string> known = _header.Classes.Names;
        string list = string.Join(", ", known.Take(ListedLabels)) + (known.Count > ListedLabels ? ", …" : "");
        throw Error($"{NumberText.Quote(name)} is not one of the declared class labels ({list}); correct it, or declare it under "
            + "@classLabel.",
            _scanner.CellColumn);
    }

    private DataFileException MissingLabel() =>
        Error($"the line ends without a {(_header.HasTarget ? "target" : "class label")}; "
            + $"put ':' and the {(_header.HasTarget ? "number" : "label")} after the values.", _scanner.CellColumn);

    private DataFileException BadValue(ReadOnlySpan<byte> cell)
    {
        if (NumberText.TrimBlanks(cell) is [(byte)'(', ..])
            return Error("values with time stamps need '@timeStamps true' in the header; declare it, or store plain values.",
                _scanner.CellColumn);
        if (_times is not null && NumberText.TryParseOrMissing(cell, out _))
            return Error($"{NumberText.Quote(cell)} has no time; write (time,value), or declare '@timeStamps false'.",
                _scanner.CellColumn);
        return Error(NumberText.Explain(cell), _scanner.CellColumn);
    }

    private DataFileException Error(string problem, int? column = null) => new(_source.Name, problem, _scanner.Line, column);
}
