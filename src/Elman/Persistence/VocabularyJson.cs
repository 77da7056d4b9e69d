using System.Text.Json;
using Elman.Files;

namespace Elman.Persistence;

/// <summary>The vocabularies of text channels in a model file's metadata.</summary>
internal static class VocabularyJson
{
    /// <summary>The maximum number of a channel, since a short text can claim more.</summary>
    private const int MostChannels = Models.ModelSpec.MaxSize;

    public static string Write(IReadOnlyList<Vocabulary?> vocabularies) => MetadataJson.Text(json =>
    {
        json.WriteStartArray();
        for (int c = 0; c < vocabularies.Count; c++)
        {
            if (vocabularies[c] is not { } vocabulary)
                continue;
            json.WriteStartObject();
            json.WriteNumber("channel", c + 1);
            json.WriteString("tokens", NameOf(vocabulary.Tokens));
            json.WriteStartArray("symbols");
            foreach (string symbol in vocabulary.Symbols)
                json.WriteStringValue(symbol);
            json.WriteEndArray();
            json.WriteStartArray("counts");
            foreach (long count in vocabulary.Counts)
                json.WriteNumberValue(count);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndArray();
    });

    /// <returns>One entry for each channel up to the last text channel.</returns>
    /// <exception cref="FormatException">The text does not describe vocabularies.</exception>
    public static IReadOnlyList<Vocabulary?> Read(string text)
    {
        using JsonDocument document = ModelJson.Parse(text);
        var vocabularies = new List<Vocabulary?>();
        foreach (JsonElement entry in document.RootElement.EnumerateArray())
        {
            int channel = MetadataJson.Field(entry, "channel").GetInt32();
            if (channel <= vocabularies.Count || channel > MostChannels)
                throw new FormatException(FormattableString.Invariant(
                    $"a vocabulary is for channel {channel}; they must be in the order of their channels, 1 to {MostChannels}."));
            while (vocabularies.Count < channel - 1)
                vocabularies.Add(null);
            JsonElement tokens = MetadataJson.Field(entry, "tokens");
            vocabularies.Add(new Vocabulary(
                Array.Find(Enum.GetValues<TextTokens>(), value => NameOf(value) == tokens.GetString()) is var found
                    && NameOf(found) == tokens.GetString() ? found : throw new FormatException(
                        $"tokens is {tokens.GetRawText()}; it may be {string.Join(", ", Enum.GetValues<TextTokens>().Select(NameOf))}."),
                MetadataJson.Field(entry, "symbols").EnumerateArray()
                    .Select(symbol => symbol.GetString() ?? throw new FormatException("a symbol is null.")),
                MetadataJson.Field(entry, "counts").EnumerateArray().Select(count => count.GetInt64())));
        }
        return vocabularies.Count > 0 ? vocabularies : throw new FormatException("the list of vocabularies is empty.");
    }

    private static string NameOf(TextTokens tokens) => JsonNamingPolicy.CamelCase.ConvertName(tokens.ToString());
}
