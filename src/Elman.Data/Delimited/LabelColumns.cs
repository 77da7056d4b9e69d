namespace Elman.Data;

/// <summary>All label columns of a delimited file; converts them to classes, targets or labels of steps.</summary>
internal sealed class LabelColumns(DataFileOptions options, string[] names)
{
    private readonly LabelKind _kind = options.Labels;
    private readonly LabelColumn[] _columns = [.. names.Select(
        name => new LabelColumn(options.Labels, RoundingWatch.OfTargets(options.OffsetTable, _ => name)))];

    /// <summary>The number of label columns.</summary>
    public int Count => _columns.Length;

    /// <summary>A label column.</summary>
    public LabelColumn this[int column] => _columns[column];

    /// <summary>Returns the data set of sequences with their labels.</summary>
    /// <param name="found">The name and content of the data set.</param>
    /// <param name="sequences">The sequences.</param>
    /// <param name="labels">For each column, the label of each sequence.</param>
    /// <param name="steps">For each sequence the label of every step, if steps are labelled.</param>
    /// <param name="remarks">Receives warnings.</param>
    /// <exception cref="DataFileException">Two labels are the same number.</exception>
    public SequenceDataset Attach(
        Found found, PackedSequences sequences, ChunkList<int>[] labels, IReadOnlyList<int[]> steps, Remarks remarks)
    {
        if (_kind is LabelKind.Class or LabelKind.Steps && Count > 0 && _columns[0].FindSameNumber() is var (one, other))
            throw new DataFileException(
                found.Name, $"the labels {Quoted(one)} and {Quoted(other)} are two spellings of the same number; use one spelling.");
        for (int column = 0; column < Count; column++)
            _columns[column].Report(names[column], remarks);
        (IReadOnlyList<Sequence> labelled, string[] classes, string[]? targets) = Attach(found.Name, sequences, labels, steps);
        return SequenceDataset.Over(
            found.Channels, classes, labelled, found.Name, targets, found.ChannelNames, found.Columns, remarks.Texts, found.Vocabularies);
    }

    /// <summary>Returns the data set of sequences that were created one by one, with their ids and groups.</summary>
    /// <param name="found">The name and content of the data set.</param>
    /// <param name="sequences">The sequences.</param>
    /// <param name="labels">For each sequence, the label in each column.</param>
    /// <param name="steps">For each sequence the label of every step, if steps are labelled.</param>
    /// <param name="remarks">Receives warnings.</param>
    /// <exception cref="DataFileException">Two labels are the same number.</exception>
    public SequenceDataset AttachTo(
        Found found, IReadOnlyList<Sequence> sequences, IReadOnlyList<int[]> labels, IReadOnlyList<int[]> steps, Remarks remarks)
    {
        var packed = new PackedSequences(found.Channels);
        ChunkList<int>[] columns = [.. Enumerable.Range(0, Count).Select(_ => new ChunkList<int>())];
        for (int i = 0; i < sequences.Count; i++)
        {
            packed.Add(sequences[i].Values);
            for (int column = 0; column < columns.Length; column++)
                columns[column].Add(labels[i][column]);
        }
        SequenceDataset data = Attach(found, packed, columns, steps, remarks);
        IEnumerable<Sequence> named = data.Select((sequence, i) => sequence with { Id = sequences[i].Id, Group = sequences[i].Group });
        return new SequenceDataset(data.Channels, data.ClassLabels, named, data.Name, data.TargetNames)
        {
            ChannelNames = data.ChannelNames,
            Columns = data.Columns,
            Warnings = data.Warnings,
            Vocabularies = data.Vocabularies,
        };
    }

    /// <summary>Returns the sequences with their labels, the classes, and the names of the targets.</summary>
    private (IReadOnlyList<Sequence> Sequences, string[] Classes, string[]? Targets) Attach(
        string file, PackedSequences sequences, ChunkList<int>[] labels, IReadOnlyList<int[]> steps)
    {
        if (Count == 0 || _kind == LabelKind.None || (Count > 1 && _kind == LabelKind.Any))
            return (sequences, [], null);
        switch (_kind)
        {
            case LabelKind.Classes:
                string[] sets = _columns[0].SortSets(file, out float[][] targets);
                return ([.. sequences.Select((s, i) => s.WithTargets(targets[labels[0][i]]))], sets, sets);
            case LabelKind.Steps:
                string[] tags = _columns[0].Sort(out int[] order);
                return ([.. sequences.Select((s, i) => s.WithStepLabels(
                    steps[i].Select(label => label < 0 ? label : order[label]).ToArray()))], tags, null);
            case LabelKind.Numbers:
                float[] numbers = new float[checked(sequences.Count * Count)]; // [sequences, columns]
                for (int i = 0; i < numbers.Length; i++)
                    numbers[i] = _columns[i % Count].Number(labels[i % Count][i / Count]);
                sequences.Label = (s, i) => s.WithTargets(numbers.AsMemory(i * Count, Count));
                return (sequences, [], names);
            default:
                string[] classes = _columns[0].Sort(out int[] rank);
                sequences.Label = (s, i) => labels[0][i] is >= 0 and var label ? s.WithLabel(rank[label]) : s;
                return (sequences, classes, null);
        }
    }
}
