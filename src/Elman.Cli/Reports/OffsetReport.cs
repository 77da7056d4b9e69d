using System.Globalization;
using System.Text.Json;

namespace Elman.Cli.Reports;

/// <summary>Tells what is subtracted from values before they become floats.</summary>
internal static class OffsetReport
{
    /// <summary>Writes for people, where anything is.</summary>
    /// <param name="terminal">Where to.</param>
    /// <param name="offsets">What is subtracted.</param>
    /// <param name="channels">What the channels are called.</param>
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
        Lines.Write(terminal, "Holds values less an offset, since 32-bit floats could not tell them apart otherwise: "
            + string.Join(", ", parts));
    }

    /// <summary>Writes for programs, where anything is.</summary>
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
