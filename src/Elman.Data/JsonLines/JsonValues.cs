using System.Text.Json;

namespace Elman.Data;

/// <summary>
/// Reads the values of sequences: <c>"x"</c>, a list of steps, or <c>"channels"</c>, an object with one list for each channel.
/// </summary>
internal sealed class JsonValues(TextLines lines, IReadOnlyList<string> known, Remarks remarks, JsonTexts texts)
{
    private readonly ValueStore _store = new();
    private readonly ValueBuffer _values = new();
    private readonly List<int> _places = []; // the positions of the line's channels in a step
    private readonly List<string> _names = [.. known];
    private readonly List<long> _givenOn = [.. known.Select(_ => 0L)]; // the last line that has each channel
    private readonly Dictionary<string, int> _channels = known.Select((name, i) => (name, i)).ToDictionary(StringComparer.Ordinal);
    private readonly KnownNames _known = new(known);
    private bool _isSettled = known.Count > 0;
    private bool? _areNamed;
    private int _count;

    /// <summary>The number of channels of the sequences; 0 before the first.</summary>
    public int Channels => _areNamed == true ? _names.Count : _count;

    /// <summary>The names of the channels; empty if they have no names.</summary>
    public IReadOnlyList<string> Names => _areNamed == true ? _names : [];

    /// <summary>Reads <c>[[1,2],[3,4]]</c>, or <c>[1,2]</c> for one channel, starting at its first token.</summary>
    /// <exception cref="DataFileException">The value is not such a list, or does not match earlier lines.</exception>
    public ReadOnlyMemory<float> ReadSteps(ref Utf8JsonReader json)
    {
        if (json.TokenType == JsonTokenType.String)
            return ReadText(json);
        Settle(json, areNamed: false);
        long start = json.TokenStartIndex;
        if (json.TokenType != JsonTokenType.StartArray)
            throw JsonLine.Error(lines, json, $"'x' must be a list of steps, not {JsonLine.Kind(json)}.");
        _values.Clear();
        int steps = 0, channels = 1;
        bool areLists = false;
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            bool isList = json.TokenType == JsonTokenType.StartArray;
            if (steps++ == 0)
                areLists = isList;
            if (isList != areLists)
                throw JsonLine.Error(lines, json, $"step {steps} is {(isList ? "a list" : "not a list")} and step 1 is "
                    + $"{(areLists ? "one" : "not")}; write all steps as lists with a value for each channel, or all as numbers.");
            if (!isList)
            {
                texts.ReadValue(json, 0, _values);
                continue;
            }
            int before = _values.Count;
            while (json.Read() && json.TokenType != JsonTokenType.EndArray)
                texts.ReadValue(json, _values.Count - before, _values);
            if (steps == 1)
                channels = _values.Count - before;
            if (_values.Count - before != channels || channels == 0)
                throw JsonLine.Error(lines, json, $"step {steps} has {_values.Count - before} values"
                    + $"{(steps == 1 ? "" : $" and step 1 has {channels}")}; give every step a value for each channel, null if it is "
                    + "missing.");
        }
        if (steps == 0)
            throw JsonLine.Error(lines, start, "the sequence has no steps; give it at least one, or remove the line.");
        if (channels != (_count = _count == 0 ? channels : _count))
            throw JsonLine.Error(lines, start, $"this sequence has {Amount.Of(channels, "channel")}, the first has {_count}; "
                + "give all sequences the same.");
        Memory<float> packed = _store.Take(_values.Count);
        _values.Span.CopyTo(packed.Span);
        return packed;
    }

    /// <summary>Reads <c>"a text"</c>, whose characters or words are the steps of one channel.</summary>
    /// <exception cref="DataFileException">The value is not such a text, or does not match earlier lines.</exception>
    public ReadOnlyMemory<float> ReadText(in Utf8JsonReader json)
    {
        Settle(json, areNamed: false);
        _values.Clear();
        texts.ReadText(json, _values);
        if ((_count = _count == 0 ? 1 : _count) != 1)
            throw JsonLine.Error(lines, json, $"a text has one channel, but sequences before have {_count}; give all sequences the same.");
        Memory<float> packed = _store.Take(_values.Count);
        _values.Span.CopyTo(packed.Span);
        return packed;
    }

    /// <summary>Reads <c>{"ax":[1,3],"ay":[2,4]}</c>, starting at its first token.</summary>
    /// <exception cref="DataFileException">The value is not such an object, or does not match earlier lines.</exception>
    public ReadOnlyMemory<float> ReadChannels(ref Utf8JsonReader json)
    {
        Settle(json, areNamed: true);
        long start = json.TokenStartIndex;
        if (json.TokenType != JsonTokenType.StartObject)
            throw JsonLine.Error(lines, json, $"'channels' must be an object with a list for each channel, not {JsonLine.Kind(json)}.");
        _values.Clear();
        _places.Clear();
        int steps = -1;
        while (json.Read() && json.TokenType != JsonTokenType.EndObject)
        {
            string name = json.GetString()!;
            if (!TryPlace(json, name, out int place))
            {
                json.Skip();
                continue;
            }
            int before = _values.Count;
            json.Read();
            if (json.TokenType != JsonTokenType.StartArray)
                throw JsonLine.Error(lines, json, $"channel {Quoted(name)} must be a list of values, not {JsonLine.Kind(json)}.");
            while (json.Read() && json.TokenType != JsonTokenType.EndArray)
                texts.ReadValue(json, place, _values);
            int count = _values.Count - before;
            if (count != (steps = steps < 0 ? count : steps))
                throw JsonLine.Error(lines, json, $"channel {Quoted(name)} has {Amount.Of(count, "step")}, the first channel of this "
                    + $"line has {steps}; give all the same steps, with null for a missing value.");
            _places.Add(place);
        }
        if (_places.Count < _names.Count)
            throw JsonLine.Error(lines, start, $"channel '{_names[_givenOn.FindIndex(line => line != lines.Line)]}' is missing, which "
                + $"{(known.Count > 0 ? "the training data have" : "the first line has")}; give all lines the same "
                + "channels.");
        if (steps <= 0)
            throw JsonLine.Error(lines, start, "the sequence has no steps; give it at least one, or remove the line.");
        _isSettled = true;
        return _store.TakeTransposed(_values.Span, _names.Count, places: System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_places));
    }

    private void Settle(in Utf8JsonReader json, bool areNamed)
    {
        if (areNamed != (_areNamed ??= areNamed))
            throw JsonLine.Error(lines, json, $"this line has '{(areNamed ? "channels" : "x")}' and lines before have "
                + $"'{(areNamed ? "x" : "channels")}'; use the same member on all lines.");
    }

    /// <summary>Determines the position of a channel; false if it is skipped.</summary>
    private bool TryPlace(in Utf8JsonReader json, string name, out int place)
    {
        if (!_channels.TryGetValue(name, out place))
        {
            if (_known.Find(name) is { } similar)
            {
                place = similar;
            }
            else if (known.Count > 0)
            {
                remarks.AddOnce($"Channel {Quoted(name)} is ignored, because the training data have no such channel.");
                return false;
            }
            else if (_isSettled)
            {
                throw JsonLine.Error(lines, json, $"there is no channel {Quoted(name)} in the first line; give all lines the same "
                    + "channels.");
            }
            else
            {
                _channels.Add(name, place = _names.Count);
                _names.Add(name);
                _givenOn.Add(0);
            }
        }
        if (_givenOn[place] == lines.Line)
            throw JsonLine.Error(lines, json, $"channel {Quoted(name)} is given twice; keep one of the two.");
        _givenOn[place] = lines.Line;
        return true;
    }
}
