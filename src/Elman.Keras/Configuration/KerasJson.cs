using System.Text;
using System.Text.Json;
using Elman.Files;
using Elman.Keras.Archive;

namespace Elman.Keras.Configuration;

/// <summary>Parses the JSON texts of a <c>.keras</c> file, and reads fields whose kind is not certain.</summary>
internal static class KerasJson
{
    private static readonly UTF8Encoding _strictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Parses a text whose root is an object. Every string in it can be read afterwards.</summary>
    /// <param name="text">The text in UTF-8.</param>
    /// <param name="name">The file in the archive.</param>
    /// <param name="source">The file that is imported, for messages.</param>
    /// <exception cref="ModelFileException">It is not valid JSON, is nested too deeply, or has a name twice in an object.</exception>
    public static JsonDocument Parse(byte[] text, string name, KerasSource source)
    {
        try
        {
            CheckStrings(text);
        }
        catch (JsonException e)
        {
            throw source.Invalid($"its {name} is not valid JSON, or is nested too deeply{ModelJson.PlaceOf(e)}", e);
        }
        catch (Exception e) when (e is InvalidOperationException or DecoderFallbackException)
        {
            throw source.Invalid($"its {name} is not valid Unicode", e); // the reader throws the first for half a surrogate pair
        }
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(text, new JsonDocumentOptions { AllowDuplicateProperties = false });
        }
        catch (JsonException e)
        {
            throw source.Invalid($"its {name} has the same name twice in an object", e);
        }
        if (document.RootElement.ValueKind == JsonValueKind.Object)
            return document;
        document.Dispose();
        throw source.Invalid($"its {name} is not an object");
    }

    /// <summary>Returns a field of an object; <see langword="null"/> if it is missing or null, or if this is no object.</summary>
    public static JsonElement? Find(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement field)
            && field.ValueKind != JsonValueKind.Null
            ? field
            : null;

    /// <summary>Returns a text field of an object; <see langword="null"/> if it is missing or no text.</summary>
    public static string? FindText(this JsonElement element, string name) => element.Find(name)?.AsText();

    /// <summary>Returns the text; <see langword="null"/> if it is something else.</summary>
    public static string? AsText(this JsonElement element) =>
        element.ValueKind == JsonValueKind.String ? element.GetString() : null;

    /// <summary>Returns the items of a list; none if it is something else.</summary>
    public static IReadOnlyList<JsonElement> Items(this JsonElement? element) =>
        element is { ValueKind: JsonValueKind.Array } list ? [.. list.EnumerateArray()] : [];

    /// <summary>Whether a field is true.</summary>
    public static bool IsTrue(this JsonElement element, string name) => element.Find(name) is { ValueKind: JsonValueKind.True };

    private static void CheckStrings(byte[] text)
    {
        _strictUtf8.GetCharCount(text);
        var reader = new Utf8JsonReader(text);
        while (reader.Read())
            if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName)
                reader.GetString();
    }
}
