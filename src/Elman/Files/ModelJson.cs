using System.Text.Json;

namespace Elman.Files;

/// <summary>Parses the JSON of model files and describes what is wrong with it.</summary>
internal static class ModelJson
{
    /// <summary>The source of exceptions of <see cref="JsonElement"/> for numbers that are not of the requested type.</summary>
    private const string ElementSource = "System.Text.Json.Rethrowable";

    /// <summary>Parses a text. An object that has a name twice is refused: readers differ in which of the two they use.</summary>
    /// <exception cref="FormatException">The text is not valid JSON, or a name occurs twice in an object.</exception>
    public static JsonDocument Parse(string text)
    {
        try
        {
            return JsonDocument.Parse(text, new JsonDocumentOptions { AllowDuplicateProperties = false });
        }
        catch (JsonException e)
        {
            throw new FormatException(IsJson(text) ? "an object has the same name twice." : $"it is not valid JSON{PlaceOf(e)}.", e);
        }
    }

    /// <summary>The position of an error as the end of a sentence.</summary>
    public static string PlaceOf(JsonException e) =>
        e.BytePositionInLine is { } place ? FormattableString.Invariant($" at byte {place + 1} of line {(e.LineNumber ?? 0) + 1}") : "";

    /// <summary>Reads a text of the metadata if there is one.</summary>
    /// <param name="texts">The metadata.</param>
    /// <param name="key">The key.</param>
    /// <param name="read">Parses the text.</param>
    /// <exception cref="FormatException">The text is not valid; the message begins with its key.</exception>
    public static T? Find<T>(IReadOnlyDictionary<string, string> texts, string key, Func<string, T> read) =>
        texts.TryGetValue(key, out string? text) ? Read(key, text, read) : default;

    /// <summary>Reads a text of the metadata.</summary>
    /// <inheritdoc cref="Find{T}"/>
    public static T Read<T>(string key, string text, Func<string, T> read)
    {
        try
        {
            return read(text);
        }
        catch (Exception e) when (e is FormatException or ArgumentException or InvalidOperationException)
        {
            throw new FormatException($"{key}: {ProblemOf(e)}", e);
        }
    }

    // Only JsonElement throws InvalidOperationException here, and its words are not for users.
    private static string ProblemOf(Exception e) => e is InvalidOperationException or FormatException { Source: ElementSource }
        ? "a value is of the wrong kind or out of range."
        : e.Message.Split(" (Parameter")[0];

    private static bool IsJson(string text)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
