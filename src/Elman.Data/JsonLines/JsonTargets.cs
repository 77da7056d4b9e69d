using System.Globalization;
using System.Text.Json;

namespace Elman.Data;

/// <summary>Reads targets: <c>"targets":{"size":1.5}</c>, <c>"targets":[1.5,2]</c>, or a label that is a number.</summary>
internal sealed class JsonTargets
{
    private readonly TextLines _lines;
    private readonly Remarks _remarks;
    private readonly RoundingWatch _rounding;
    private readonly List<float[]?> _targets = []; // the targets of each line; null if they are not known
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);
    private readonly List<JsonNumber> _current = [];
    private readonly HashSet<int> _given = [];
    private string[]? _names;
    private float[]? _ofLine;

    public JsonTargets(TextLines lines, DataFileOptions options, Remarks remarks)
    {
        (_lines, _remarks) = (lines, remarks);
        _rounding = RoundingWatch.OfTargets(options.OffsetTable, target => _names![target]);
    }

    /// <summary>Reads the value of <c>"targets"</c>; false if it is null.</summary>
    /// <exception cref="DataFileException">The value is not a list or object of numbers, or has other names than before.</exception>
    public bool Read(ref Utf8JsonReader json)
    {
        _current.Clear();
        _given.Clear();
        switch (json.TokenType)
        {
            case JsonTokenType.Null:
                return false;
            case JsonTokenType.Number:
                _current.Add(JsonNumber.Read(_lines, json));
                break;
            case JsonTokenType.StartArray:
                while (json.Read() && json.TokenType != JsonTokenType.EndArray)
                    _current.Add(JsonNumber.Read(_lines, json));
                break;
            case JsonTokenType.StartObject:
                ReadNamed(ref json);
                return true;
            default:
                throw JsonLine.Error(_lines, json, $"'targets' must be an object or a list of numbers, not {JsonLine.Kind(json)}.");
        }
        Settle(json.TokenStartIndex, _current.Count == 1 ? ["target"] : [.. Enumerable.Range(1, _current.Count).Select(
            i => string.Create(CultureInfo.InvariantCulture, $"target{i}"))]);
        _ofLine = Kept(_current);
        return true;
    }

    /// <summary>Completes a line.</summary>
    /// <param name="isGiven">Whether the line had targets.</param>
    /// <param name="label">The label of the line, if it is a number.</param>
    /// <param name="offset">The position of the label.</param>
    public void End(bool isGiven, JsonNumber? label, long offset)
    {
        if (!isGiven && label is { } number)
        {
            Settle(offset, ["label"]);
            _targets.Add(Kept([number]));
            return;
        }
        _targets.Add(isGiven ? _ofLine : null);
    }

    /// <summary>Returns the data set of sequences with their targets.</summary>
    /// <exception cref="DataFileException">There are no targets.</exception>
    public SequenceDataset Attach(int channels, IReadOnlyList<Sequence> sequences, string name)
    {
        if (_names is not { Length: > 0 } names)
            throw new DataFileException(name, "no line has target numbers; write them as 'targets', such as {\"size\":1.5}.");
        _rounding.Report(target => Quoted(names[target]), _remarks);
        return new SequenceDataset(channels, [], sequences.Select((s, i) => s.WithTargets(
            _targets[i] ?? [.. Enumerable.Repeat(float.NaN, names.Length)])), name, names);
    }

    /// <summary>Returns the targets of a line, whose names are known, as floats.</summary>
    private float[] Kept(IReadOnlyList<JsonNumber> targets) => [.. targets.Select((number, target) => number.Keep(_rounding, target))];

    private void ReadNamed(ref Utf8JsonReader json)
    {
        long start = json.TokenStartIndex;
        bool isFirst = _names is null;
        var values = new List<JsonNumber>(_names?.Length ?? 4);
        values.AddRange(Enumerable.Repeat(JsonNumber.Missing, _names?.Length ?? 0));
        while (json.Read() && json.TokenType != JsonTokenType.EndObject)
        {
            string name = json.GetString()!;
            if (isFirst && _places.TryAdd(name, values.Count))
                values.Add(JsonNumber.Missing);
            if (!_places.TryGetValue(name, out int place))
                throw JsonLine.Error(_lines, json, $"there is no target {Quoted(name)} on the lines before, which have "
                    + $"{string.Join(", ", _names!.Take(12))}; give all lines the same targets.");
            if (!_given.Add(place))
                throw JsonLine.Error(_lines, json, $"target {Quoted(name)} is given twice; keep one of the two.");
            json.Read();
            values[place] = JsonNumber.Read(_lines, json);
        }
        if (isFirst)
            _names = [.. _places.Keys];
        if (_given.Count != _names!.Length)
            throw JsonLine.Error(_lines, start, $"target '{_names.First(name => !_given.Contains(_places[name]))}' is missing, but "
                + "lines before have it; write null if it is unknown.");
        if (_names.Length == 0)
            throw JsonLine.Error(_lines, start, "'targets' is empty; give at least one number.");
        _ofLine = Kept(values);
    }

    private void Settle(long offset, string[] names)
    {
        if (_names is null)
        {
            _names = names.Length > 0 ? names : throw JsonLine.Error(_lines, offset, "'targets' is empty; give at least one number.");
            foreach (string name in names)
                _places.Add(name, _places.Count);
        }
        if (!_names.SequenceEqual(names))
            throw JsonLine.Error(_lines, offset, $"the targets of this line are {string.Join(", ", names.Take(12))}, those of lines "
                + $"before {string.Join(", ", _names.Take(12))}; give all lines the same targets.");
    }
}
