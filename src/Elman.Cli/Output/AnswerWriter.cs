using System.Globalization;
using Elman.Data;

namespace Elman.Cli.Output;

/// <summary>The output format of predictions.</summary>
internal enum PredictionFormat
{
    /// <summary>CSV: a header, then a line for each prediction.</summary>
    Csv,

    /// <summary>One JSON object per line.</summary>
    Jsonl,
}

/// <summary>Writes predictions in a machine-readable format.</summary>
/// <param name="output">The output.</param>
/// <param name="format">The format.</param>
/// <param name="byIndex">Whether sequences are identified by index, even if they have ids.</param>
internal sealed class AnswerWriter(TextWriter output, PredictionFormat format, bool byIndex = false)
{
    private bool _hasHeader;

    /// <summary>Returns the name of a sequence: its id if all sequences have one, else its index from 0.</summary>
    public AnswerPlace PlaceOf(SequenceDataset data, int sequence) =>
        !byIndex && data[sequence].Id is { } id && data[0].Id is not null ? new("id", 0, id) : new("index", sequence);

    /// <summary>Returns the true answer of a sequence and step, where predictions are written beside it; by default it is not.</summary>
    public Func<SequenceDataset, int, int, IEnumerable<AnswerPlace>> TruthOf { get; init; } = (_, _, _) => [];

    /// <summary>Returns the time of a step, if the first sequence has times; steps of a forecast come after the last one.</summary>
    public static IEnumerable<AnswerPlace> TimeOf(SequenceDataset data, int sequence, int step) => data[0].Times is null
        ? []
        : [new(data.Columns?.Time ?? "time", 0, data[sequence].Times?.TextAt(step) ?? "")];

    /// <summary>Writes one prediction.</summary>
    /// <param name="places">The sequence, and optionally the step, from 0.</param>
    /// <param name="answer">The predicted class, if there is one.</param>
    /// <param name="group">The JSON name of the object with the numbers.</param>
    /// <param name="names">The names of the numbers.</param>
    /// <param name="numbers">The numbers.</param>
    /// <param name="offsets">The offset to add to each number (<see cref="ValueOffsets"/>); empty if there are none.</param>
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
            output.Write(string.Join(',', [.. places.ToArray().Select(place => CsvWriter.Quote(place.Name)),
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
