using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Elman.Cli.Output;

/// <summary>Writes JSON: numbers with the shortest digits that round-trip, non-finite numbers as <c>null</c>.</summary>
internal static class JsonText
{
    private static readonly JsonWriterOptions _options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes one object and a line break.</summary>
    /// <param name="output">The output.</param>
    /// <param name="members">Writes the members of the object.</param>
    public static void WriteObject(TextWriter output, Action<Utf8JsonWriter> members)
    {
        var buffer = new ArrayBufferWriter<byte>(1 << 10);
        using (var json = new Utf8JsonWriter(buffer, _options))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }
        output.Write(Encoding.UTF8.GetString(buffer.WrittenSpan));
        output.Write('\n');
    }

    /// <summary>Returns one object as the content of a file, with a member a line.</summary>
    /// <param name="members">Writes the members of the object.</param>
    public static byte[] Document(Action<Utf8JsonWriter> members)
    {
        var buffer = new ArrayBufferWriter<byte>(1 << 10);
        using (var json = new Utf8JsonWriter(buffer, _options with { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }
        return [.. buffer.WrittenSpan, (byte)'\n'];
    }

    /// <summary>Writes a number, or <c>null</c> if there is none.</summary>
    public static void WriteNumberOrNull(this Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number && double.IsFinite(number))
            json.WriteNumber(name, number);
        else
            json.WriteNull(name);
    }

    /// <summary>Writes a number plus an offset, or <c>null</c> if there is none.</summary>
    public static void WriteNumber(this Utf8JsonWriter json, string name, float value, double offset)
    {
        if (!float.IsFinite(value))
            json.WriteNull(name);
        else if (offset == 0)
            json.WriteNumber(name, value);
        else
        {
            json.WritePropertyName(name);
            json.WriteRawValue(ValueOffsets.Format(value, offset)); // a decimal can't hold all values
        }
    }

    /// <summary>Writes a text, or <c>null</c> if there is none.</summary>
    public static void WriteStringOrNull(this Utf8JsonWriter json, string name, string? value)
    {
        if (value is null)
            json.WriteNull(name);
        else
            json.WriteString(name, value);
    }

    /// <summary>Writes a list of texts.</summary>
    public static void WriteStrings(this Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (string value in values)
            json.WriteStringValue(value);
        json.WriteEndArray();
    }

    /// <summary>Writes a list of numbers, with <c>null</c> for NaN.</summary>
    public static void WriteNumbers(this Utf8JsonWriter json, string name, IEnumerable<double> values)
    {
        json.WriteStartArray(name);
        foreach (double value in values)
        {
            if (double.IsFinite(value))
                json.WriteNumberValue(value);
            else
                json.WriteNullValue();
        }
        json.WriteEndArray();
    }
}
