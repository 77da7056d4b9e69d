using System.Text.Encodings.Web;

namespace Elman.Data;

/// <summary>
/// Writes data sets as JSON Lines: one object for each sequence, with its id, group, label or targets, if they are known, and its values.
/// </summary>
/// <remarks>
/// Values are written with the fewest digits that read back as the same <see langword="float"/>, missing values (NaN) as <c>null</c>. If
/// channels have names, values are written as <c>"channels"</c>, otherwise as <c>"x"</c>.
/// </remarks>
public static class JsonLinesWriter
{
    private const string Format = "a .jsonl file";

    /// <summary>
    /// Writes a file, compressed if its name ends with <c>.gz</c>. The file is written atomically: it replaces an existing file only when
    /// it is complete.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="data">The sequences: at least one, without infinite values.</param>
    /// <exception cref="ArgumentException">There is no sequence, or a value is infinite.</exception>
    /// <exception cref="IOException">The file can't be written.</exception>
    /// <exception cref="UnauthorizedAccessException">Writing is not permitted.</exception>
    public static void Write(string path, SequenceDataset data)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        TextFile.Check(data, Format, canHoldText: true);
        TextFile.Write(path, writer => WriteChecked(writer, data));
    }

    /// <summary>Writes to a text writer; lines end with a line feed.</summary>
    /// <param name="writer">The output; it is neither flushed nor closed.</param>
    /// <param name="data">The sequences: at least one, without infinite values.</param>
    /// <exception cref="ArgumentException">There is no sequence, or a value is infinite.</exception>
    public static void Write(TextWriter writer, SequenceDataset data)
    {
        ArgumentNullException.ThrowIfNull(writer);
        TextFile.Check(data, Format, canHoldText: true);
        WriteChecked(writer, data);
    }

    private static void WriteChecked(TextWriter writer, SequenceDataset data)
    {
        LabelKind kind = Labelling.Of(data);
        var numbers = new NumberWriter(writer, data, missing: "null");
        foreach (Sequence sequence in data)
        {
            writer.Write('{');
            if (sequence.Id is { } id)
                writer.Write($"\"id\":{Text(id)},");
            if (sequence.Group is { } group)
                writer.Write($"\"group\":{Text(group)},");
            WriteLabel(writer, numbers, data, sequence, kind);
            if (data.Vocabularies is [{ Tokens: not TextTokens.Whole } divided])
                writer.Write($"\"text\":{Text(WrittenText.Of(sequence, divided))}");
            else if (data.ChannelNames.Count > 0)
                WriteChannels(writer, numbers, sequence, data);
            else
                WriteSteps(writer, numbers, sequence, data);
            writer.Write("}\n");
        }
    }

    private static void WriteLabel(TextWriter writer, NumberWriter numbers, SequenceDataset data, Sequence sequence, LabelKind kind)
    {
        if (sequence.Label >= 0)
            writer.Write($"\"label\":{Text(data.ClassLabels[sequence.Label])},");
        else if (kind == LabelKind.Classes && Labelling.Set(data, sequence) is { } set)
            writer.Write($"\"label\":[{string.Join(',', set.Select(Text))}],");
        else if (!sequence.StepLabels.IsEmpty)
            writer.Write($"\"label\":[{string.Join(',', sequence.StepLabels.ToArray().Select(
                label => label < 0 ? "null" : Text(data.ClassLabels[label])))}],");
        if (kind != LabelKind.Numbers || sequence.Targets.IsEmpty)
            return;
        writer.Write("\"targets\":{");
        for (int target = 0; target < data.TargetNames.Count; target++)
        {
            writer.Write($"{(target > 0 ? "," : "")}{Text(data.TargetNames[target])}:");
            numbers.WriteTarget(sequence, target);
        }
        writer.Write("},");
    }

    private static void WriteValue(TextWriter writer, NumberWriter numbers, SequenceDataset data, int channel, float value)
    {
        if (data.Vocabularies.Count > 0 && data.Vocabularies[channel] is { } symbols && !float.IsNaN(value))
            writer.Write(Text(WrittenText.Of(value, symbols)));
        else
            numbers.WriteValue(channel, value);
    }

    private static void WriteSteps(TextWriter writer, NumberWriter numbers, Sequence sequence, SequenceDataset data)
    {
        ReadOnlySpan<float> values = sequence.Values.Span; // [T, C]
        bool areLists = sequence.Channels > 1;
        writer.Write("\"x\":[");
        for (int i = 0; i < values.Length; i++)
        {
            bool begins = i % sequence.Channels == 0, ends = (i + 1) % sequence.Channels == 0;
            writer.Write(i > 0 ? begins && areLists ? ",[" : "," : areLists ? "[" : "");
            WriteValue(writer, numbers, data, i % sequence.Channels, values[i]);
            if (ends && areLists)
                writer.Write(']');
        }
        writer.Write(']');
    }

    private static void WriteChannels(TextWriter writer, NumberWriter numbers, Sequence sequence, SequenceDataset data)
    {
        IReadOnlyList<string> names = data.ChannelNames;
        ReadOnlySpan<float> values = sequence.Values.Span; // [T, C]
        for (int c = 0; c < names.Count; c++)
        {
            writer.Write($"{(c == 0 ? "\"channels\":{" : ",")}{Text(names[c])}:[");
            for (int t = 0; t < sequence.Steps; t++)
            {
                if (t > 0)
                    writer.Write(',');
                WriteValue(writer, numbers, data, c, values[(t * names.Count) + c]);
            }
            writer.Write(']');
        }
        writer.Write('}');
    }

    private static string Text(string text) => $"\"{JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(text)}\"";
}
