using System.Globalization;
using System.Text;

namespace Elman.Data;

/// <summary>
/// Writes data sets as <c>.csv</c> in long form: a row for each step, with the sequence's number, its labels and its values.
/// </summary>
/// <remarks>
/// Values are written with the fewest digits that read back as the same <see langword="float"/>; what is not known is left empty.
/// </remarks>
public static class CsvWriter
{
    /// <summary>
    /// Writes a file. It appears at its path when it is complete, in place of what was there; until then nothing changes.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="data">The sequences: at least one.</param>
    /// <exception cref="ArgumentException">There is no sequence.</exception>
    /// <exception cref="IOException">The file can't be written.</exception>
    /// <exception cref="UnauthorizedAccessException">Writing is not permitted.</exception>
    public static void Write(string path, SequenceDataset data)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        Check(data);
        AtomicFile.Write(path, stream =>
        {
            using var writer = new StreamWriter(stream, new UTF8Encoding(false), 1 << 16, leaveOpen: true);
            WriteChecked(writer, data);
        });
    }

    /// <summary>Writes to a text writer; lines end with a line feed.</summary>
    /// <param name="writer">Where the text goes; it is neither flushed nor closed.</param>
    /// <param name="data">The sequences: at least one.</param>
    /// <exception cref="ArgumentException">There is no sequence.</exception>
    public static void Write(TextWriter writer, SequenceDataset data)
    {
        ArgumentNullException.ThrowIfNull(writer);
        Check(data);
        WriteChecked(writer, data);
    }

    /// <summary>A field as RFC 4180 has it: in quotes where it has a comma, a quote or a line end.</summary>
    /// <param name="field">What it says.</param>
    public static string Quote(string field)
    {
        ArgumentNullException.ThrowIfNull(field);
        return field.AsSpan().ContainsAny(",\"\r\n") ? $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : field;
    }

    private static void Check(SequenceDataset data)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (data.Count == 0)
            throw new ArgumentException($"'{data.Name}' has no sequences; a file needs at least one.", nameof(data));
    }

    private static void WriteChecked(TextWriter writer, SequenceDataset data)
    {
        bool areSets = data.TargetNames.Count > 0 && data.TargetNames.SequenceEqual(data.ClassLabels);
        bool hasTargets = data.TargetNames.Count > 0 && !areSets,
            isLabelled = areSets || data.Any(sequence => sequence.Label >= 0 || !sequence.StepLabels.IsEmpty);
        writer.Write(string.Join(',', Headings(data, isLabelled, hasTargets).Select(Quote)) + "\n");
        for (int i = 0; i < data.Count; i++)
        {
            Sequence sequence = data[i];
            for (int t = 0; t < sequence.Steps; t++)
            {
                writer.Write((i + 1).ToString(CultureInfo.InvariantCulture));
                if (isLabelled)
                    writer.Write("," + Quote(areSets
                        ? Set(data, sequence)
                        : Label(data, sequence.StepLabels.IsEmpty ? sequence.Label : sequence.StepLabels.Span[t])));
                for (int target = 0; target < (hasTargets ? data.TargetNames.Count : 0); target++)
                    writer.Write("," + Number(sequence.Targets.Span[target]));
                for (int c = 0; c < data.Channels; c++)
                    writer.Write("," + Number(sequence.Values.Span[(t * data.Channels) + c]));
                writer.Write('\n');
            }
        }
    }

    private static IEnumerable<string> Headings(SequenceDataset data, bool isLabelled, bool hasTargets) =>
    [
        "id", .. isLabelled ? (string[])["label"] : [], .. hasTargets ? data.TargetNames : [],
        .. Enumerable.Range(1, data.Channels).Select(c => FormattableString.Invariant($"x{c}")),
    ];

    private static string Label(SequenceDataset data, int label) => label < 0 ? "" : data.ClassLabels[label];

    private static string Set(SequenceDataset data, Sequence sequence) =>
        string.Join('|', data.ClassLabels.Where((_, c) => sequence.Targets.Span[c] > 0.5f));

    private static string Number(float value) => float.IsNaN(value) ? "" : value.ToString(CultureInfo.InvariantCulture);
}
