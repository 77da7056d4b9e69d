using System.Runtime.InteropServices;
using System.Text.Json;

namespace Elman.Data;

/// <summary>Reads the texts of JSON Lines: strings that are split into symbols, and lists of symbols or numbers.</summary>
internal sealed class JsonTexts(TextLines lines, TextTokens? tokens, Remarks remarks, RoundingWatch rounding)
{
    private readonly Dictionary<int, VocabularyBuilder?> _channels = []; // the channels so far; null for a numeric channel
    private readonly List<float> _room = [];

    /// <summary>Reads the string at the current token as a sequence of one channel.</summary>
    /// <exception cref="DataFileException">The string has no symbol, or earlier lines have numbers.</exception>
    public void ReadText(in Utf8JsonReader json, ValueBuffer values)
    {
        if (json.TokenType != JsonTokenType.String)
            throw JsonLine.Error(lines, json, $"'text' must be a string, not {JsonLine.Kind(json)}.");
        Add(json, ChannelOf(json, 0, tokens ?? TextTokens.Characters), values);
        if (values.Count == 0)
            throw JsonLine.Error(lines, json, "the text is empty; a sequence needs at least one symbol. Add the text or remove the line.");
    }

    /// <summary>Reads a value of a list: a number, a string that is a symbol, or null for a missing value.</summary>
    /// <param name="json">The reader, at the token of the value.</param>
    /// <param name="channel">The channel of the value.</param>
    /// <param name="values">Receives the value.</param>
    /// <exception cref="DataFileException">The value is of another type, or the channel has both symbols and numbers.</exception>
    public void ReadValue(in Utf8JsonReader json, int channel, ValueBuffer values)
    {
        if (json.TokenType == JsonTokenType.Null)
        {
            values.Add(float.NaN);
            return;
        }
        if (json.TokenType == JsonTokenType.String)
        {
            int before = values.Count;
            Add(json, ChannelOf(json, channel, TextTokens.Whole), values);
            if (values.Count == before)
                values.Add(float.NaN);
            return;
        }
        var number = JsonNumber.Read(lines, json);
        if (_channels.TryAdd(channel, null) || _channels[channel] is null)
            values.Add(number.Keep(rounding, channel));
        else
            throw Mixed(json);
    }

    /// <summary>Replaces the symbols by their final numbers, and returns the vocabularies of the channels.</summary>
    public IReadOnlyList<Vocabulary?> Finish(int channels, IReadOnlyList<string> names, IEnumerable<Sequence> sequences)
    {
        if (_channels.Values.All(channel => channel is null))
            return [];
        (Vocabulary?[] vocabularies, IReadOnlyList<int>?[] numbers) = TextColumn.Build(
            [.. Enumerable.Range(0, channels).Select(channel => _channels.GetValueOrDefault(channel))],
            names.Count == 0 ? null : channel => names[channel], remarks);
        foreach (Sequence sequence in sequences)
            TextColumn.Number(MemoryMarshal.AsMemory(sequence.Values).Span, numbers);
        return vocabularies;
    }

    private VocabularyBuilder ChannelOf(in Utf8JsonReader json, int channel, TextTokens divided)
    {
        if (!_channels.TryGetValue(channel, out VocabularyBuilder? symbols))
            _channels.Add(channel, symbols = new VocabularyBuilder(divided));
        return symbols is not null && symbols.Tokens == divided ? symbols : throw Mixed(json);
    }

    private void Add(in Utf8JsonReader json, VocabularyBuilder symbols, ValueBuffer values)
    {
        _room.Clear();
        try
        {
            symbols.Add(json.GetString()!, _room);
        }
        catch (ArgumentException e)
        {
            throw JsonLine.Error(lines, json, TextColumn.Uncapitalised(e), e);
        }
        foreach (float number in _room)
            values.Add(number);
    }

    private DataFileException Mixed(in Utf8JsonReader json) => JsonLine.Error(lines, json,
        $"{JsonLine.Kind(json)} differs from the values before in its kind: numbers, symbols or texts; write all values in the same way.");
}
