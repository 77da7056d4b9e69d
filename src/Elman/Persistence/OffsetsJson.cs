using System.Text.Json;
using Elman.Files;

namespace Elman.Persistence;

/// <summary>The offsets of values as a text in a model file's metadata: <c>{"channels":[0,5800000],"targets":{"size":1}}</c>.</summary>
internal static class OffsetsJson
{
    public static string Write(ValueOffsets offsets) => MetadataJson.Text(json =>
    {
        json.WriteStartObject();
        json.WriteStartArray("channels");
        foreach (double offset in offsets.Channels)
            json.WriteNumberValue(offset);
        json.WriteEndArray();
        json.WriteStartObject("targets");
        foreach ((string name, double offset) in offsets.Targets.OrderBy(target => target.Key, StringComparer.Ordinal))
            json.WriteNumber(name, offset);
        json.WriteEndObject();
        json.WriteEndObject();
    });

    /// <exception cref="FormatException">A part is missing.</exception>
    /// <exception cref="ArgumentException">An offset is not an integer.</exception>
    public static ValueOffsets Read(string text)
    {
        using JsonDocument document = ModelJson.Parse(text);
        var targets = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (JsonProperty target in MetadataJson.Field(document.RootElement, "targets").EnumerateObject())
            targets[target.Name] = target.Value.GetDouble();
        return new ValueOffsets(
            MetadataJson.Field(document.RootElement, "channels").EnumerateArray().Select(offset => offset.GetDouble()), targets);
    }
}
