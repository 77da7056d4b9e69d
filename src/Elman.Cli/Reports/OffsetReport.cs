using System.Globalization;
using System.Text.Json;

namespace Elman.Cli.Reports;

/// <summary>Reports the offsets that are subtracted from values.</summary>
internal static class OffsetReport
{
    /// <summary>Writes text, if there are offsets.</summary>
    /// <param name="terminal">The terminal.</param>
    /// <param name="offsets">The offsets.</param>
    /// <param name="channels">The names of the channels.</param>
    public static void Write(Terminal terminal, ValueOffsets offsets, IReadOnlyList<string> channels)
    {
        if (offsets.IsNone)
            return;
        string[] parts =
        [
            .. channels.Select((name, c) => (Name: name, Offset: offsets.OfChannel(c))).Where(channel => channel.Offset != 0)
                .Select(channel => Part(channel.Name, channel.Offset)),
            .. offsets.Targets.Select(target => Part(target.Key, target.Value)),
        ];
        Lines.Write(terminal, "Values are stored with an offset subtracted, because 32-bit floats could not distinguish them otherwise: "
            + string.Join(", ", parts));
    }

    /// <summary>Writes JSON, if there are offsets.</summary>
    public static void WriteJson(Utf8JsonWriter json, ValueOffsets offsets)
    {
        if (offsets.IsNone)
            return;
        json.WriteStartObject("offsets");
        json.WriteStartArray("channels");
        foreach (double offset in offsets.Channels)
            json.WriteNumberValue(offset);
        json.WriteEndArray();
        json.WriteStartObject("targets");
        foreach ((string name, double offset) in offsets.Targets)
            json.WriteNumber(name, offset);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static string Part(string name, double offset) => string.Create(CultureInfo.InvariantCulture, $"{name} {offset:R}");
}
