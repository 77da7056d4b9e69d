using System.Text.Json;

namespace Elman.Data;

/// <summary>A number in a line of JSON.</summary>
/// <param name="Exact">The double nearest to its text; NaN if it is missing.</param>
/// <param name="Value">The float nearest to its text; NaN if it is missing.</param>
internal readonly record struct JsonNumber(double Exact, float Value)
{
    /// <summary>A missing number.</summary>
    public static JsonNumber Missing { get; } = new(double.NaN, float.NaN);

    /// <summary>Reads the current token; null is a missing number.</summary>
    /// <exception cref="DataFileException">The token is of another type, or outside the range of floats.</exception>
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

    /// <summary>Returns the float that is stored.</summary>
    /// <param name="rounding">Tracks rounding losses.</param>
    /// <param name="column">The column of the number.</param>
    public float Keep(RoundingWatch rounding, int column) => float.IsNaN(Value) ? Value : rounding.Keep(column, Exact, Value);
}
