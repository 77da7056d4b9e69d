namespace Elman.Data.Columnar;

/// <summary>
/// Converts a data set to columns: a row is a sequence, with its id, group and label, if there are any, its targets, and a list of values
/// for each channel. Channels without names are called x1, x2, ….
/// </summary>
internal static class WrittenColumns
{
    /// <summary>The maximum number of steps of a row group or record batch, unless a single sequence is longer.</summary>
    private const long StepsOfPart = 1 << 20;

    /// <summary>Returns the columns of a data set.</summary>
    /// <exception cref="ArgumentException">There is no sequence, a value is infinite, or a name would be read with another
    /// meaning.</exception>
    public static IReadOnlyList<WrittenColumn> Of(SequenceDataset data, string extension)
    {
        TextFile.Check(data, $"a {extension} file");
        LabelKind kind = Labelling.Of(data);
        var columns = new List<WrittenColumn>();
        if (data.Any(sequence => sequence.Id is not null))
            columns.Add(new TextColumn("id", [.. data.Select(sequence => sequence.Id)]));
        if (data.Any(sequence => sequence.Group is not null))
            columns.Add(new TextColumn("group", [.. data.Select(sequence => sequence.Group)]));
        if (kind is LabelKind.Class or LabelKind.Classes or LabelKind.Steps || data.Any(sequence => sequence.Label >= 0))
        {
            CsvNames.CheckClasses(data, areSets: kind == LabelKind.Classes);
            columns.Add(LabelsOf(data, kind));
        }
        if (kind == LabelKind.Numbers)
            columns.AddRange(data.TargetNames.Select((name, target) => new NumberColumn(
                name, [.. data.Select(sequence => sequence.Targets.IsEmpty ? float.NaN : sequence.Targets.Span[target])],
                data.Offsets.OfTarget(name))));
        for (int channel = 0; channel < data.Channels; channel++)
            columns.Add(new ChannelColumn(NameOf(data, channel), data, channel));
        if (columns.GroupBy(column => column.Name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(same => same.Count() > 1)
            is { Key: var twice })
            throw new ArgumentException($"Two columns of '{data.Name}' would be called {Quoted(twice)}; rename the channel or "
                + "target.", nameof(data));
        return columns;
    }

    /// <summary>Returns notes for readers of the file.</summary>
    public static IReadOnlyList<string> Notes(SequenceDataset data, string extension)
    {
        IReadOnlyList<string> notes = WritingNotes.Of(data, extension);
        return Labelling.Of(data) == LabelKind.Numbers && !(data.TargetNames is [var only] && ColumnNames.IsLabel(only))
            ? [.. notes, $"Read the file with --label-column {string.Join(',', data.TargetNames)}, otherwise the targets are unknown."]
            : notes;
    }

    /// <summary>Splits the rows into parts: from each start up to the next.</summary>
    public static IEnumerable<(int Start, int End)> Parts(IReadOnlyList<WrittenColumn> columns, int rows)
    {
        SequenceDataset data = columns.OfType<ChannelColumn>().First().Data;
        for (int start = 0, end; start < rows; start = end)
        {
            long steps = data[start].Steps;
            for (end = start + 1; end < rows && (steps += data[end].Steps) <= StepsOfPart; end++)
            {
            }
            yield return (start, end);
        }
    }

    private static WrittenColumn LabelsOf(SequenceDataset data, LabelKind kind) => kind switch
    {
        LabelKind.Classes => new TextListColumn("label", [.. data.Select(sequence => Labelling.Set(data, sequence)?.ToArray())]),
        LabelKind.Steps => new TextListColumn("label", [.. data.Select(sequence => sequence.StepLabels.IsEmpty
            ? null
            : sequence.StepLabels.ToArray().Select(label => label < 0 ? null : data.ClassLabels[label]).ToArray())]),
        _ => new TextColumn("label", [.. data.Select(sequence => sequence.Label < 0 ? null : data.ClassLabels[sequence.Label])]),
    };

    private static string NameOf(SequenceDataset data, int channel)
    {
        string name = data.ChannelNames.Count > 0 ? data.ChannelNames[channel] : FormattableString.Invariant($"x{channel + 1}");
        return name.Length > 0 && !ColumnNames.IsTime(name) && !ColumnNames.IsLabel(name) ? name : throw new ArgumentException(
            $"The channel {Quoted(name)} of '{data.Name}' has the name of a column without values; rename it, or write "
                + ".jsonl.", nameof(data));
    }
}
