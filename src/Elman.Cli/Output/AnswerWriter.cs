using System.Globalization;
using Elman.Data;

namespace Elman.Cli.Output;

/// <summary>How answers are written.</summary>
internal enum PredictionFormat
{
    /// <summary>A header and a line for each answer.</summary>
    Csv,

    /// <summary>A JSON object a line.</summary>
    Jsonl,
}

/// <summary>Writes answers for programs to read.</summary>
internal sealed class AnswerWriter(TextWriter output, PredictionFormat format)
{
    private bool _hasHeader;

    /// <summary>One answer.</summary>
    /// <param name="places">Which sequence it is for, and maybe which step of it, from 0: names and numbers.</param>
    /// <param name="answer">The answer in a word, if there is such.</param>
    /// <param name="group">What a JSON object calls the numbers together.</param>
    /// <param name="names">What the numbers are called.</param>
    /// <param name="numbers">The numbers.</param>
    public void Write(
        ReadOnlySpan<(string Name, int Value)> places, string? answer, string group, IReadOnlyList<string> names,
        ReadOnlySpan<float> numbers)
    {
        if (format == PredictionFormat.Csv)
            WriteCsv(places, answer, group, names, numbers);
        else
            WriteJson([.. places], answer, group, names, numbers.ToArray());
    }

    private void WriteCsv(
        ReadOnlySpan<(string Name, int Value)> places, string? answer, string group, IReadOnlyList<string> names,
        ReadOnlySpan<float> numbers)
    {
        if (!_hasHeader)
        {
            string prefix = group == "probabilities" ? "p_" : "";
            output.Write(string.Join(',', [.. places.ToArray().Select(place => place.Name),
                .. answer is null ? (string[])[] : ["predicted"], .. names.Select(name => CsvWriter.Quote(prefix + name))]) + "\n");
            _hasHeader = true;
        }
        Span<char> number = stackalloc char[32];
        for (int i = 0; i < places.Length; i++)
        {
            places[i].Value.TryFormat(number, out int length, provider: CultureInfo.InvariantCulture);
            output.Write(i == 0 ? "" : ",");
            output.Write(number[..length]);
        }
        if (answer is not null)
        {
            output.Write(',');
            output.Write(CsvWriter.Quote(answer));
        }
        foreach (float value in numbers)
        {
            output.Write(',');
            value.TryFormat(number, out int length, provider: CultureInfo.InvariantCulture);
            output.Write(number[..length]);
        }
        output.Write('\n');
    }

    private void WriteJson((string Name, int Value)[] places, string? answer, string group, IReadOnlyList<string> names, float[] numbers) =>
        JsonText.WriteObject(output, json =>
        {
            foreach ((string name, int value) in places)
                json.WriteNumber(name, value);
            if (answer is not null)
                json.WriteString("predicted", answer);
            json.WriteStartObject(group);
            for (int i = 0; i < numbers.Length; i++)
                json.WriteNumber(names[i], numbers[i]);
            json.WriteEndObject();
        });
}
