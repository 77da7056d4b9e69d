using System.Text;
using System.Text.Json;

namespace Elman.Data;

/// <summary>Position and content of a value in a line of JSON.</summary>
internal static class JsonLine
{
    private static readonly string[] _properties = ["id", "group", "label", "targets", "x", "channels"];

    /// <summary>Creates an exception for the current token.</summary>
    public static DataFileException Error(TextLines lines, in Utf8JsonReader json, string problem, Exception? inner = null) =>
        Error(lines, json.TokenStartIndex, problem, inner);

    /// <summary>Creates an exception for a byte of the line, from 0.</summary>
    public static DataFileException Error(TextLines lines, long offset, string problem, Exception? inner = null)
    {
        int column = (int)Math.Min(offset + 1, int.MaxValue);
        return new DataFileException(lines.Source, problem, lines.Line, column, FormattableString.Invariant($"byte {column}"), inner);
    }

    /// <summary>
    /// Returns the current token as a name: the content of a string, numbers and Booleans as written; <see langword="null"/> for null.
    /// </summary>
    /// <exception cref="DataFileException">The token is a list or an object.</exception>
    public static string? Name(TextLines lines, in Utf8JsonReader json, string what) => json.TokenType switch
    {
        JsonTokenType.Null => null,
        JsonTokenType.String => json.GetString(),
        JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False => Encoding.UTF8.GetString(json.ValueSpan),
        _ => throw Error(lines, json, $"{what} must be a text or a number, not {Kind(json)}."),
    };

    /// <summary>Returns the index of the current token in a table of names, and adds it if it is new; −1 for null.</summary>
    /// <exception cref="DataFileException">The token is a list or an object.</exception>
    public static int IndexOf(NameTable names, TextLines lines, in Utf8JsonReader json, string what)
    {
        // Most texts need no string.
        if (json.TokenType == JsonTokenType.String && !json.ValueIsEscaped)
            return names.FindOrAdd(json.ValueSpan);
        return Name(lines, json, what) is { } name ? names.FindOrAdd(Encoding.UTF8.GetBytes(name)) : -1;
    }

    /// <summary>Returns the name of the current property; no string is created for the known names.</summary>
    public static string PropertyName(in Utf8JsonReader json)
    {
        foreach (string name in _properties)
            if (json.ValueTextEquals(name))
                return name;
        return json.GetString()!;
    }

    /// <summary>Describes the type of the current token.</summary>
    public static string Kind(in Utf8JsonReader json) => json.TokenType switch
    {
        JsonTokenType.StartArray => "a list",
        JsonTokenType.StartObject => "an object",
        JsonTokenType.String => $"the text {NumberText.Quote(json.ValueSpan)}",
        JsonTokenType.Null => "null",
        _ => Encoding.UTF8.GetString(json.ValueSpan),
    };
}
