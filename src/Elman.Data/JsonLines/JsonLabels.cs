using System.Text;
using System.Text.Json;

namespace Elman.Data;

/// <summary>Reads the labels of each line, <c>"label"</c> or <c>"targets"</c>, by the kind of labels.</summary>
internal sealed class JsonLabels(TextLines lines, DataFileOptions options, Remarks remarks)
{
    private readonly LabelKind _kind = options.Labels;
    private readonly LabelColumn _names = new(options.Labels);
    private readonly ChunkList<int[]?> _labels = new(); // the labels of each line; null if they are not known
    private readonly List<int[]> _single = []; // lists of one label, which many lines share
    private readonly List<int> _current = [];
    private readonly HashSet<int> _ofSet = [];
    private readonly JsonTargets _targets = new(lines, options, remarks);
    private bool _isGiven, _hasTargets;
    private JsonNumber? _number;
    private long _offset;

    /// <summary>Begins a line.</summary>
    public void Begin()
    {
        (_isGiven, _hasTargets, _number) = (false, false, null);
        _current.Clear();
        _ofSet.Clear();
    }

    /// <summary>Reads the value of <c>"label"</c>.</summary>
    /// <exception cref="DataFileException">The value is not of the required kind.</exception>
    public void ReadLabel(ref Utf8JsonReader json)
    {
        _offset = json.TokenStartIndex;
        bool isList = json.TokenType == JsonTokenType.StartArray;
        if (_kind == LabelKind.None || (_kind == LabelKind.Any && (isList || json.TokenType == JsonTokenType.StartObject)))
        {
            json.Skip();
            return;
        }
        if (json.TokenType == JsonTokenType.Null || (_kind == LabelKind.Any && json.TokenType == JsonTokenType.String && IsEmpty(json)))
            return;
        if (_kind == LabelKind.Numbers)
        {
            _number = json.TokenType == JsonTokenType.Number
                ? JsonNumber.Read(lines, json)
                : throw JsonLine.Error(lines, json, $"the label is {JsonLine.Kind(json)}, but numbers are needed; write them as "
                    + "'targets', such as {\"size\":1.5}, or predict classes.");
            return;
        }
        if (isList && _kind == LabelKind.Class)
            throw JsonLine.Error(lines, json, "the label is a list, but one class per sequence is needed; use --multi-label for several "
                + "classes, or --task tag for classes of steps.");
        if (!isList && _kind == LabelKind.Steps)
            throw JsonLine.Error(lines, json, $"the label is {JsonLine.Kind(json)}, but labels of steps are needed; write a "
                + "list with one for each step.");
        _isGiven = true;
        if (!isList)
        {
            Add(json);
            return;
        }
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            if (_kind == LabelKind.Steps && json.TokenType == JsonTokenType.Null)
                _current.Add(Sequence.NoLabel);
            else
                Add(json);
        }
    }

    /// <summary>Reads the value of <c>"targets"</c>.</summary>
    /// <exception cref="DataFileException">The value is not a list or object of numbers, or has other names than before.</exception>
    public void ReadTargets(ref Utf8JsonReader json)
    {
        if (_kind is LabelKind.Class or LabelKind.Classes or LabelKind.Steps)
            remarks.AddOnce("'targets' are ignored, because the task needs classes (use --task regress for numbers).");
        if (_kind != LabelKind.Numbers)
        {
            json.Skip();
            return;
        }
        _hasTargets = _targets.Read(ref json);
    }

    /// <summary>Completes a line with a number of steps.</summary>
    /// <exception cref="DataFileException">The number of labels is not the number of steps.</exception>
    public void End(int steps)
    {
        if (_kind == LabelKind.Numbers)
        {
            if (_hasTargets && _number is not null)
                remarks.AddOnce("'label' is ignored on lines with 'targets', because the task needs numbers.");
            _targets.End(_hasTargets, _number, _offset);
            return;
        }
        if (_kind == LabelKind.Steps && _isGiven && _current.Count != steps)
            throw JsonLine.Error(lines, _offset, $"{Amount.Of(_current.Count, "label")} for {Amount.Of(steps, "step")}; give one for each, "
                + "or null.");
        _labels.Add(!_isGiven ? null : _current is [var label and >= 0] ? Single(label) : [.. _current]);
    }

    /// <summary>Returns the data set of sequences with their labels.</summary>
    /// <exception cref="DataFileException">Two labels are the same number, or there are no numbers.</exception>
    public SequenceDataset Attach(int channels, PackedSequences sequences, string name)
    {
        if (_kind == LabelKind.None)
            return SequenceDataset.Over(channels, [], sequences, name);
        if (_kind == LabelKind.Numbers)
            return _targets.Attach(channels, sequences, name);
        if (_names.Count == 0 && _kind != LabelKind.Any)
            remarks.AddOnce("No line has a 'label', so the sequences have no labels.");
        if (_kind is LabelKind.Class or LabelKind.Steps && _names.FindSameNumber() is var (one, other))
            throw new DataFileException(name, $"the labels {Quoted(one)} and {Quoted(other)} are two spellings of the same number; use "
                + "one spelling.");
        string[] classes = _names.Sort(out int[] rank);
        if (_kind == LabelKind.Classes)
            LabelColumn.CheckSets(sequences.Count, classes.Length, name);
        switch (_kind)
        {
            case LabelKind.Classes:
                return new SequenceDataset(
                    channels, classes, sequences.Select((s, i) => s.WithTargets(Set(_labels[i], classes.Length, rank))), name, classes);
            case LabelKind.Steps:
                return new SequenceDataset(channels, classes, sequences.Select((s, i) => s.WithStepLabels(
                    _labels[i] is { } steps
                        ? steps.Select(label => label < 0 ? label : rank[label]).ToArray()
                        : [.. Enumerable.Repeat(Sequence.NoLabel, s.Steps)])), name);
            default:
                sequences.Label = (s, i) => _labels[i] is [var label] ? s.WithLabel(rank[label]) : s;
                return SequenceDataset.Over(channels, classes, sequences, name);
        }
    }

    private void Add(in Utf8JsonReader json)
    {
        if (json.TokenType == JsonTokenType.String && !json.ValueIsEscaped && IsPlain(json.ValueSpan))
        {
            AddIndex(_names.Add(json.ValueSpan));
            return;
        }
        string label = JsonLine.Name(lines, json, "a label") ?? throw JsonLine.Error(
            lines, json, "a label in the list is null; remove it, or write null instead of the list if the labels are unknown.");
        if (string.IsNullOrWhiteSpace(label))
            throw JsonLine.Error(lines, json, "the label is empty; give it a name, or write null if it is unknown.");
        if (_kind == LabelKind.Classes && label.Contains('|', StringComparison.Ordinal))
            throw JsonLine.Error(lines, json, $"the label {NumberText.Quote(Encoding.UTF8.GetBytes(label))} has a '|'; write several "
                + "classes as a list, such as [\"left\",\"up\"].");
        AddIndex(_names.Add(Encoding.UTF8.GetBytes(label)));
    }

    private void AddIndex(int index)
    {
        if (_kind != LabelKind.Classes || _ofSet.Add(index))
            _current.Add(index);
    }

    /// <summary>Whether a label is certainly neither blank nor a set of several classes, so that no string is needed.</summary>
    private static bool IsPlain(ReadOnlySpan<byte> text) => text is [> (byte)' ' and < 0x7F, ..] && !text.Contains((byte)'|');

    private int[] Single(int label)
    {
        while (_single.Count <= label)
            _single.Add([_single.Count]);
        return _single[label];
    }

    private static bool IsEmpty(in Utf8JsonReader json) => string.IsNullOrWhiteSpace(json.GetString());

    private static float[] Set(int[]? labels, int classes, int[] rank)
    {
        float[] set = new float[classes];
        if (labels is null)
            set.AsSpan().Fill(float.NaN);
        foreach (int label in labels ?? [])
            set[rank[label]] = 1;
        return set;
    }
}
