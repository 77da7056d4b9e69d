using System.Buffers;
using System.Globalization;
using System.Text;

namespace Elman.Data;

/// <summary>
/// Writes data sets in the <c>.arff</c> format of Weka: one channel as an attribute for each step, several channels as the relational
/// attribute of the UEA archive.
/// </summary>
/// <remarks>
/// Values are written with the fewest digits that read back as the same <see langword="float"/>, missing values (NaN) as <c>?</c>. Ids, if
/// they are all different, and groups become attributes. Names of channels are not written.
/// </remarks>
public static class ArffWriter
{
    private static readonly SearchValues<char> _toBeQuoted = SearchValues.Create(" \t\r\n,{}%'\"\\@");

    private const string Format = "an .arff file", Relation = "channels";

    /// <summary>
    /// Writes a file, compressed if its name ends with <c>.gz</c>. The file is written atomically: it replaces an existing file only when
    /// it is complete.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="data">The sequences: at least one; each with one class or with numbers, or all without labels; without infinite values;
    /// with one channel, all of equal length.</param>
    /// <exception cref="ArgumentException">The format can't express the data set.</exception>
    /// <exception cref="IOException">The file can't be written.</exception>
    /// <exception cref="UnauthorizedAccessException">Writing is not permitted.</exception>
    public static void Write(string path, SequenceDataset data)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        string[] names = Check(data);
        TextFile.Write(path, writer => WriteChecked(writer, data, names));
    }

    /// <summary>Writes to a text writer; lines end with a line feed.</summary>
    /// <param name="writer">The output; it is neither flushed nor closed.</param>
    /// <param name="data">The sequences: at least one; each with one class or with numbers, or all without labels; without infinite values;
    /// with one channel, all of equal length.</param>
    /// <exception cref="ArgumentException">The format can't express the data set.</exception>
    public static void Write(TextWriter writer, SequenceDataset data)
    {
        ArgumentNullException.ThrowIfNull(writer);
        WriteChecked(writer, data, Check(data));
    }

    /// <summary>Checks that the data set can be written, and returns the names of the attributes other than the values.</summary>
    private static string[] Check(SequenceDataset data)
    {
        TextFile.Check(data, Format);
        Labelling.CheckOneEach(data, Format);
        if (data.Channels == 1 && data.MinSteps != data.MaxSteps)
            throw new ArgumentException($"The sequences of '{data.Name}' have {data.MinSteps} to {data.MaxSteps} steps; {Format} has an "
                + "attribute for each step, so all sequences must have the same length. Write .ts, .jsonl or .csv.", nameof(data));
        bool hasIds = Labelling.HasDistinctIds(data), hasGroups = data.Any(sequence => sequence.Group is not null);
        string[] labels = Labelling.Of(data) switch
        {
            LabelKind.Class => ["class"],
            LabelKind.Numbers => [.. data.TargetNames],
            _ => [],
        };
        string[] names = [.. hasIds ? (string[])["id"] : [], .. hasGroups ? (string[])["group"] : [], .. labels];
        string[] all = [.. names, .. data.Channels > 1 ? [Relation] : Enumerable.Range(0, data.MaxSteps).Select(Step)];
        if (all.GroupBy(name => name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new ArgumentException($"The target {Quoted(twice.Key)} of '{data.Name}' has the name of another attribute; rename it.",
                nameof(data));
        foreach (string label in Labelling.Of(data) == LabelKind.Class ? data.ClassLabels : data.TargetNames)
            if (label.Length == 0)
                throw new ArgumentException($"A class or target of '{data.Name}' has no name; {Format} needs one.", nameof(data));
        return names;
    }

    private static void WriteChecked(TextWriter writer, SequenceDataset data, string[] names)
    {
        bool isClass = Labelling.Of(data) == LabelKind.Class;
        int labels = isClass ? 1 : data.TargetNames.Count;
        string[] before = names[..^labels], behind = names[^labels..];
        writer.Write($"@relation {Word(data.Name)}\n");
        foreach (string name in before)
            writer.Write($"@attribute {name} string\n");
        if (data.Channels > 1)
            writer.Write($"@attribute {Relation} relational\n");
        for (int t = 0; t < data.MaxSteps; t++)
            writer.Write($"@attribute {Step(t)} numeric\n");
        if (data.Channels > 1)
            writer.Write($"@end {Relation}\n");
        foreach (string name in behind)
            writer.Write($"@attribute {Word(name)} {(isClass ? $"{{{string.Join(',', data.ClassLabels.Select(Word))}}}" : "numeric")}\n");
        writer.Write("@data\n");
        var numbers = new NumberWriter(writer, data, missing: "?");
        foreach (Sequence sequence in data)
        {
            foreach (string name in before)
                writer.Write((name == "id" ? Word(sequence.Id!) : sequence.Group is { } group ? Word(group) : "?") + ",");
            WriteValues(writer, numbers, sequence);
            if (isClass)
                writer.Write("," + (sequence.Label < 0 ? "?" : Word(data.ClassLabels[sequence.Label])));
            for (int target = 0; target < data.TargetNames.Count; target++)
            {
                writer.Write(',');
                numbers.WriteTarget(sequence, target);
            }
            writer.Write('\n');
        }
    }

    private static void WriteValues(TextWriter writer, NumberWriter numbers, Sequence sequence)
    {
        ReadOnlySpan<float> values = sequence.Values.Span; // [T, C]
        if (sequence.Channels > 1)
            writer.Write('\'');
        for (int c = 0; c < sequence.Channels; c++)
        {
            if (c > 0)
                writer.Write("\\n");
            for (int t = 0; t < sequence.Steps; t++)
            {
                if (t > 0)
                    writer.Write(',');
                numbers.WriteValue(c, values[(t * sequence.Channels) + c]);
            }
        }
        if (sequence.Channels > 1)
            writer.Write('\'');
    }

    private static string Step(int step) => string.Create(CultureInfo.InvariantCulture, $"att{step}");

    /// <summary>Returns a word, quoted if necessary.</summary>
    private static string Word(string text)
    {
        if (text.Length > 0 && text != "?" && !text.AsSpan().ContainsAny(_toBeQuoted))
            return text;
        var quoted = new StringBuilder("'");
        foreach (char c in text)
            quoted.Append(c switch
            {
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                '\\' or '\'' => $"\\{c}",
                _ => c.ToString(),
            });
        return quoted.Append('\'').ToString();
    }
}
