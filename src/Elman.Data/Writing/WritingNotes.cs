namespace Elman.Data;

/// <summary>Notes for the reader of a written file: what it could not hold, and which options are needed.</summary>
internal static class WritingNotes
{
    /// <summary>Returns the notes on a data set in a format, one sentence each.</summary>
    public static IReadOnlyList<string> Of(SequenceDataset data, string extension)
    {
        LabelKind kind = Labelling.Of(data);
        var notes = new List<string>();
        bool isTs = extension == ".ts", isArff = extension == ".arff", isTable = extension is ".csv" or ".tsv";
        bool isNpz = extension == ".npz";
        string format = $"{(isArff ? "an" : "a")} {extension} file";
        if (data.Columns?.Time is { } time && !(isTable && CsvNames.HasTimes(data)))
            notes.Add($"The times of the steps, in the column {Quoted(time)}, are not in the file; the steps are in their order.");
        if (data.Preparation is not null)
            notes.Add($"How the values were computed, {QuotedText(data.Preparation)}, is not in the file.");
        if (data.Any(sequence => sequence.Id is not null) && (isTs || (isTable && !CsvNames.AreWritableIds(data))
            || (isArff && !Labelling.HasDistinctIds(data))))
            notes.Add(isTs
                ? $"The ids of the sequences, such as '{data.First(s => s.Id is not null).Id}', are not in the file; {format} has none."
                : $"The ids of the sequences are not in the file, because some are missing, duplicate or "
                    + $"blank{(isTable ? "; numbers are used instead." : ".")}");
        if (data.Any(sequence => sequence.Group is not null))
            AddGroups(notes, data, isTs, isTable, format);
        if (data.ChannelNames.Count > 0 && (isTs || isArff))
            notes.Add($"The names of the channels, {Listing(data.ChannelNames)}, are not in the file; {format} has none.");
        if (!isTs && !isArff && !(isNpz && kind == LabelKind.Classes)
            && kind is not (LabelKind.None or LabelKind.Numbers) && !data.ClassLabels.SequenceEqual(OrderRead(data)))
            notes.Add($"The order of the classes and classes without sequences are not in the file; readers sort the classes that occur.");
        if (isTs && kind == LabelKind.Numbers && data.TargetNames[0] != "target")
            notes.Add($"The name of the target, {Quoted(data.TargetNames[0])}, is not in the file; readers name it 'target'.");
        if ((isTs || isArff) && kind is LabelKind.None && data.ClassLabels.Count > 0)
            notes.Add("The classes are not in the file, because no sequence is labelled.");
        if (kind == LabelKind.Numbers && data.Any(sequence => sequence.Label >= 0) && (isTs || isArff || isNpz))
            notes.Add($"The classes of the sequences are not in the file; {format} has either numbers or classes.");
        AddOptions(notes, data, kind, isTable, isArff);
        return notes;
    }

    private static void AddGroups(List<string> notes, SequenceDataset data, bool isTs, bool isTable, string format)
    {
        if (isTs)
            notes.Add($"The groups of the sequences are not in the file; {format} has none.");
        if (!isTable)
            return;
        notes.Add($"The groups are in the column '{CsvNames.Group}'; read the file with --group-column {CsvNames.Group}.");
        if (data.Any(sequence => sequence.Group is null))
            notes.Add("Sequences without a group are one group in the file.");
    }

    /// <summary>Adds options without which a reader would misread the file.</summary>
    private static void AddOptions(List<string> notes, SequenceDataset data, LabelKind kind, bool isTable, bool isArff)
    {
        if ((isTable || isArff) && kind == LabelKind.Numbers && !(data.TargetNames is [var only] && ColumnNames.IsLabel(only)))
            notes.Add($"Read the file with --label-column {string.Join(',', data.TargetNames)}, otherwise the targets are read as values.");
        if (isTable && kind == LabelKind.None)
            notes.Add("Read the file with --label-column none, because it has no labels.");
        if (isTable && data.MaxSteps == 1 && data.Count > 1)
            notes.Add("Read the file with --layout long, because every sequence has one step.");
    }

    /// <summary>Returns the classes that occur, in the order of a reader of a table or of JSON Lines.</summary>
    private static string[] OrderRead(SequenceDataset data)
    {
        var occur = new HashSet<int>();
        foreach (Sequence sequence in data)
        {
            occur.Add(sequence.Label);
            foreach (int label in sequence.StepLabels.Span)
                occur.Add(label);
            for (int c = 0; c < sequence.Targets.Length; c++)
                if (sequence.Targets.Span[c] > 0.5f)
                    occur.Add(c);
        }
        var names = new LabelColumn(LabelKind.Class);
        foreach (int label in occur.Where(label => label >= 0))
            names.Add(System.Text.Encoding.UTF8.GetBytes(data.ClassLabels[label]));
        return names.Sort(out _);
    }

    private static string Listing(IReadOnlyList<string> names) =>
        string.Join(", ", names.Take(5)) + (names.Count > 5 ? ", …" : "");
}
