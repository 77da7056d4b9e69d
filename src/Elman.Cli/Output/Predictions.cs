using System.Globalization;
using System.Numerics.Tensors;

namespace Elman.Cli.Output;

/// <summary>How predictions are written.</summary>
internal enum PredictionFormat
{
    /// <summary>A header and a line for each sequence.</summary>
    Csv,

    /// <summary>A JSON object a line.</summary>
    Jsonl,
}

/// <summary>Writes predictions for programs to read.</summary>
internal static class Predictions
{
    /// <summary>Writes the class and the probabilities of each sequence.</summary>
    /// <param name="output">Where they go.</param>
    /// <param name="format">How.</param>
    /// <param name="classes">The classes.</param>
    /// <param name="probabilities"><c>[sequences, classes]</c>.</param>
    public static void Write(TextWriter output, PredictionFormat format, IReadOnlyList<string> classes, ReadOnlySpan<float> probabilities)
    {
        if (format == PredictionFormat.Csv)
            output.Write($"index,predicted,{string.Join(',', classes.Select(c => Quote("p_" + c)))}\n");
        for (int i = 0; i * classes.Count < probabilities.Length; i++)
        {
            ReadOnlySpan<float> row = probabilities.Slice(i * classes.Count, classes.Count);
            if (format == PredictionFormat.Csv)
                WriteCsv(output, i, classes, row);
            else
                WriteJson(output, i, classes, row.ToArray());
        }
    }

    /// <summary>A field as RFC 4180 has it: in quotes where it has a comma, a quote or a line end.</summary>
    public static string Quote(string field) =>
        field.AsSpan().ContainsAny(",\"\r\n") ? $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : field;

    private static void WriteCsv(TextWriter output, int index, IReadOnlyList<string> classes, ReadOnlySpan<float> row)
    {
        Span<char> number = stackalloc char[32];
        index.TryFormat(number, out int length, provider: CultureInfo.InvariantCulture);
        output.Write(number[..length]);
        output.Write(',');
        output.Write(Quote(classes[TensorPrimitives.IndexOfMax(row)]));
        foreach (float probability in row)
        {
            output.Write(',');
            probability.TryFormat(number, out length, provider: CultureInfo.InvariantCulture);
            output.Write(number[..length]);
        }
        output.Write('\n');
    }

    private static void WriteJson(TextWriter output, int index, IReadOnlyList<string> classes, float[] row) =>
        JsonText.WriteObject(output, json =>
        {
            json.WriteNumber("index", index);
            json.WriteString("predicted", classes[TensorPrimitives.IndexOfMax(row)]);
            json.WriteStartObject("probabilities");
            for (int c = 0; c < row.Length; c++)
                json.WriteNumber(classes[c], row[c]);
            json.WriteEndObject();
        });
}
