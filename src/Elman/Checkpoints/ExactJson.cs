using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Elman.Checkpoints;

/// <summary>Numbers as JSON that keep every bit of their value, also those that are not finite.</summary>
internal static class ExactJson
{
    /// <summary>Returns the written object as text.</summary>
    public static string Text(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>Writes a number, or <c>null</c>; one that is not finite becomes a text.</summary>
    public static void WriteExact(this Utf8JsonWriter json, double? value)
    {
        if (value is not { } number)
            json.WriteNullValue();
        else if (double.IsFinite(number))
            json.WriteNumberValue(number);
        else
            json.WriteStringValue(number.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>Writes a number, or <c>null</c>, as a field.</summary>
    public static void WriteExact(this Utf8JsonWriter json, string name, double? value)
    {
        json.WritePropertyName(name);
        json.WriteExact(value);
    }

    /// <summary>Reads a number that <see cref="WriteExact(Utf8JsonWriter, double?)"/> wrote.</summary>
    /// <exception cref="FormatException">The element is no number.</exception>
    public static double? ReadExact(this JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.Number => element.GetDouble(),
        JsonValueKind.String => double.Parse(element.GetString()!, CultureInfo.InvariantCulture),
        _ => throw new FormatException("a number is missing."),
    };

    /// <summary>Reads a number that is not <c>null</c>.</summary>
    /// <exception cref="FormatException">The field is missing or no number.</exception>
    public static double ReadExact(this JsonElement root, string name) =>
        (root.TryGetProperty(name, out JsonElement field) ? field.ReadExact() : null) ?? throw new FormatException($"{name} is missing.");

    /// <summary>Reads a number from 0 to a limit.</summary>
    /// <exception cref="FormatException">The field is missing or not such a number.</exception>
    public static int ReadCount(this JsonElement root, string name, int most = int.MaxValue) => (int)root.ReadLong(name, most);

    /// <summary>Reads a number from 0 to a limit.</summary>
    /// <exception cref="FormatException">The field is missing or not such a number.</exception>
    public static long ReadLong(this JsonElement root, string name, long most = long.MaxValue) =>
        root.TryGetProperty(name, out JsonElement field) && field.ValueKind == JsonValueKind.Number && field.TryGetInt64(out long value)
            && value >= 0 && value <= most
                ? value
                : throw new FormatException($"{name} is missing or not a whole number from 0 to {most}.");
}
