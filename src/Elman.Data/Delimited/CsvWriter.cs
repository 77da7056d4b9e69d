using System.Globalization;

namespace Elman.Data;

/// <summary>
/// Writes data sets as <c>.csv</c> or <c>.tsv</c> in long form: a row for each step, with the id of the sequence (or its number if ids are
/// missing, repeated or blank), its group if there are groups, its labels and its values.
/// </summary>
/// <remarks>
/// Values are written with the fewest digits that read back as the same <see langword="float"/>. Missing values are empty fields, and
/// unknown labels are <c>?</c>. Channels without names are called x1, x2, ….
/// </remarks>
public static class CsvWriter
{
    /// <summary>
    /// Writes a file: tab-separated if its name ends with <c>.tsv</c> or <c>.tsv.gz</c>, compressed if it ends with <c>.gz</c>. The file is
    /// written atomically: it replaces an existing file only when it is complete.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="data">The sequences: at least one, without infinite values.</param>
    /// <exception cref="ArgumentException">There is no sequence, a value is infinite, or a name would be read with another
    /// meaning.</exception>
    /// <exception cref="IOException">The file can't be written.</exception>
    /// <exception cref="UnauthorizedAccessException">Writing is not permitted.</exception>
    public static void Write(string path, SequenceDataset data)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        string[] headings = Check(data);
        char delimiter = TextFormat.Find(Path.GetFileName(path))?.Extension == ".tsv" ? '\t' : ',';
        TextFile.Write(path, writer => WriteChecked(writer, data, headings, delimiter));
    }

    /// <summary>Writes to a text writer; lines end with a line feed.</summary>
    /// <param name="writer">The output; it is neither flushed nor closed.</param>
    /// <param name="data">The sequences: at least one, without infinite values.</param>
    /// <exception cref="ArgumentException">There is no sequence, a value is infinite, or a name would be read with another
    /// meaning.</exception>
    public static void Write(TextWriter writer, SequenceDataset data)
    {
        ArgumentNullException.ThrowIfNull(writer);
        WriteChecked(writer, data, Check(data), ',');
    }

    /// <summary>Returns a field in the form of RFC 4180: in quotes if it contains a comma, a quote or a line end.</summary>
    /// <param name="field">The text of the field.</param>
    public static string Quote(string field)
    {
        ArgumentNullException.ThrowIfNull(field);
        return field.AsSpan().ContainsAny(",\"\r\n") ? $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : field;
    }

    private static string Quote(string field, char delimiter) => delimiter == ',' || !field.Contains(delimiter, StringComparison.Ordinal)
        ? Quote(field)
        : $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>Checks that the data set can be written, and returns the headings.</summary>
    private static string[] Check(SequenceDataset data)
    {
        TextFile.Check(data, "a file");
        if (IsLabelled(data))
            CsvNames.CheckClasses(data, AreSets(data));
        return CsvNames.Headings(data, HasGroups(data), IsLabelled(data), HasTargets(data));
    }

    private static bool AreSets(SequenceDataset data) => Labelling.Of(data) == LabelKind.Classes;

    private static bool HasTargets(SequenceDataset data) => Labelling.Of(data) == LabelKind.Numbers;

    private static bool HasGroups(SequenceDataset data) => data.Any(sequence => sequence.Group is not null);

    private static bool IsLabelled(SequenceDataset data) =>
        AreSets(data) || data.Any(sequence => sequence.Label >= 0 || !sequence.StepLabels.IsEmpty);

    private static void WriteChecked(TextWriter writer, SequenceDataset data, string[] headings, char delimiter)
    {
        bool hasTimes = CsvNames.HasTimes(data), hasIds = CsvNames.AreWritableIds(data), hasGroups = HasGroups(data);
        bool isLabelled = IsLabelled(data), areSets = AreSets(data);
        int targets = HasTargets(data) ? data.TargetNames.Count : 0;
        var numbers = new NumberWriter(writer, data, missing: "");
        writer.Write(string.Join(delimiter, headings.Select(heading => Quote(heading, delimiter))) + "\n");
        for (int i = 0; i < data.Count; i++)
        {
            Sequence sequence = data[i];
            string begin = hasIds ? Quote(sequence.Id!, delimiter) : (i + 1).ToString(CultureInfo.InvariantCulture);
            string group = hasGroups ? delimiter + Quote(sequence.Group ?? "", delimiter) : "";
            for (int t = 0; t < sequence.Steps; t++)
            {
                writer.Write(begin);
                if (hasTimes)
                    writer.Write(delimiter + TimeOf(sequence.Times!, t));
                writer.Write(group);
                if (isLabelled)
                    writer.Write(delimiter + Quote(areSets
                        ? Labelling.Set(data, sequence) is { } set ? string.Join('|', set) : "?"
                        : Label(data, sequence.StepLabels.IsEmpty ? sequence.Label : sequence.StepLabels.Span[t]), delimiter));
                for (int target = 0; target < targets; target++)
                {
                    writer.Write(delimiter);
                    numbers.WriteTarget(sequence, target);
                }
                for (int c = 0; c < data.Channels; c++)
                {
                    writer.Write(delimiter);
                    numbers.WriteValue(c, sequence.Values.Span[(t * data.Channels) + c]);
                }
                writer.Write('\n');
            }
        }
    }

    /// <summary>Returns a time in a format that readers recognise by default.</summary>
    private static string TimeOf(SequenceTimes times, int step)
    {
        if (!times.AreDates)
            return times.TextAt(step);
        string zone = times.Offset == TimeSpan.Zero ? "" : "zzz";
        return times.DateAt(step).ToString($"yyyy-MM-dd'T'HH:mm:ss.FFFFFFF{zone}", CultureInfo.InvariantCulture);
    }

    private static string Label(SequenceDataset data, int label) => label < 0 ? "?" : data.ClassLabels[label];
}
