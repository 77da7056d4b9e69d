using System.Text.Json;

namespace Elman.Data;

/// <summary>A number of a line of JSON.</summary>
/// <param name="Exact">The double that is nearest to its text; NaN where it is missing.</param>
/// <param name="Value">The float that is.</param>
internal readonly record struct JsonNumber(double Exact, float Value)
{
    /// <summary>One that is missing.</summary>
    public static JsonNumber Missing { get; } = new(double.NaN, float.NaN);

    /// <summary>Reads the current token; one that is null is missing.</summary>
    /// <exception cref="DataFileException">It is something else, or outside the range of floats.</exception>
    public static JsonNumber Read(TextLines lines, in Utf8JsonReader json)
    {
        if (json.TokenType == JsonTokenType.Null)
            return Missing;
        if (json.TokenType != JsonTokenType.Number)
            throw JsonLine.Error(lines, json, $"a value must be a number, or null if it is missing, not {JsonLine.Kind(json)}.");
        return NumberText.TryParse(json.ValueSpan, out float value, out double exact)
            ? new(exact, value)
            : throw JsonLine.Error(lines, json, NumberText.Explain(json.ValueSpan));
    }

    /// <summary>The float that is kept of it.</summary>
    /// <param name="rounding">Tracks rounding losses.</param>
    /// <param name="column">The column of the number.</param>
    public float Keep(RoundingWatch rounding, int column) => float.IsNaN(Value) ? Value : rounding.Keep(column, Exact, Value);
}
