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
/// <param name="output">Takes them.</param>
/// <param name="format">How they are written.</param>
/// <param name="byIndex">Whether sequences are called by their places in the data, even where they have ids.</param>
internal sealed class AnswerWriter(TextWriter output, PredictionFormat format, bool byIndex = false)
{
    private bool _hasHeader;

    /// <summary>What a sequence is called: by its id where all have one, else by its place from 0.</summary>
    public AnswerPlace PlaceOf(SequenceDataset data, int sequence) =>
        !byIndex && data[sequence].Id is { } id && data[0].Id is not null ? new("id", 0, id) : new("index", sequence);

    /// <summary>When a step of a sequence is, where the first sequence has times; steps of a forecast come after the last.</summary>
    public static IEnumerable<AnswerPlace> TimeOf(SequenceDataset data, int sequence, int step) => data[0].Times is null
        ? []
        : [new(data.Columns?.Time ?? "time", 0, data[sequence].Times?.TextAt(step) ?? "")];

    /// <summary>One answer.</summary>
    /// <param name="places">Which sequence it is for, and maybe which step of it, from 0.</param>
    /// <param name="answer">The answer in a word, if there is such.</param>
    /// <param name="group">What a JSON object calls the numbers together.</param>
    /// <param name="names">What the numbers are called.</param>
    /// <param name="numbers">The numbers.</param>
    /// <param name="offsets">What is to be added to each of them (<see cref="ValueOffsets"/>); empty where nothing is.</param>
    public void Write(
        ReadOnlySpan<AnswerPlace> places, string? answer, string group, IReadOnlyList<string> names,
        ReadOnlySpan<float> numbers, ReadOnlySpan<double> offsets = default)
    {
        if (format == PredictionFormat.Csv)
            WriteCsv(places, answer, group, names, numbers, offsets);
        else
            WriteJson([.. places], answer, group, names, numbers.ToArray(), offsets.ToArray());
    }

    private void WriteCsv(
        ReadOnlySpan<AnswerPlace> places, string? answer, string group, IReadOnlyList<string> names,
        ReadOnlySpan<float> numbers, ReadOnlySpan<double> offsets)
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
            output.Write(i == 0 ? "" : ",");
            if (places[i].Text is { } text)
            {
                output.Write(CsvWriter.Quote(text));
                continue;
            }
            places[i].Number.TryFormat(number, out int length, provider: CultureInfo.InvariantCulture);
            output.Write(number[..length]);
        }
        if (answer is not null)
        {
            output.Write(',');
            output.Write(CsvWriter.Quote(answer));
        }
        for (int i = 0; i < numbers.Length; i++)
        {
            output.Write(',');
            if (!offsets.IsEmpty && offsets[i] != 0)
            {
                output.Write(ValueOffsets.Format(numbers[i], offsets[i]));
                continue;
            }
            numbers[i].TryFormat(number, out int length, provider: CultureInfo.InvariantCulture);
            output.Write(number[..length]);
        }
        output.Write('\n');
    }

    private void WriteJson(
        AnswerPlace[] places, string? answer, string group, IReadOnlyList<string> names, float[] numbers, double[] offsets) =>
        JsonText.WriteObject(output, json =>
        {
            foreach (AnswerPlace place in places)
            {
                if (place.Text is not null)
                    json.WriteString(place.Name, place.Text);
                else
                    json.WriteNumber(place.Name, place.Number);
            }
            if (answer is not null)
                json.WriteString("predicted", answer);
            json.WriteStartObject(group);
            for (int i = 0; i < numbers.Length; i++)
                json.WriteNumber(names[i], numbers[i], offsets.ElementAtOrDefault(i));
            json.WriteEndObject();
        });
}
