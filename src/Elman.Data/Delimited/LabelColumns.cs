namespace Elman.Data;

/// <summary>All label columns of a delimited file, and how they become labels, targets or labels of steps.</summary>
internal sealed class LabelColumns(LabelKind kind, string[] names)
{
    private readonly LabelColumn[] _columns = [.. names.Select(_ => new LabelColumn(kind))];

    /// <summary>How many there are.</summary>
    public int Count => _columns.Length;

    /// <summary>One of them.</summary>
    public LabelColumn this[int column] => _columns[column];

    /// <summary>The data set of sequences whose labels were read.</summary>
    /// <param name="found">What else was found.</param>
    /// <param name="sequences">The sequences.</param>
    /// <param name="labels">Of each the label in each column.</param>
    /// <param name="steps">Of each the label of every step, where steps are labelled.</param>
    /// <param name="remarks">What was noticed.</param>
    /// <exception cref="DataFileException">Two labels are the same number.</exception>
    public SequenceDataset Attach(
        Found found, IReadOnlyList<Sequence> sequences, IReadOnlyList<int[]> labels, IReadOnlyList<int[]> steps, Remarks remarks)
    {
        if (kind is LabelKind.Class or LabelKind.Steps && Count > 0 && _columns[0].FindSameNumber() is var (one, other))
            throw new DataFileException(
                found.Name, $"the labels '{one}' and '{other}' are two texts of the same number; write it in one way.");
        for (int column = 0; column < Count; column++)
            _columns[column].Report(names[column], remarks);
        SequenceDataset data = Attach(found, sequences, labels, steps);
        return new SequenceDataset(data.Channels, data.ClassLabels, data, data.Name, data.TargetNames)
        {
            ChannelNames = found.ChannelNames,
            Columns = found.Columns,
            Warnings = remarks.Texts,
            Vocabularies = found.Vocabularies,
        };
    }

    private SequenceDataset Attach(Found found, IReadOnlyList<Sequence> sequences, IReadOnlyList<int[]> labels, IReadOnlyList<int[]> steps)
    {
        (int channels, string name) = (found.Channels, found.Name);
        if (Count == 0 || kind == LabelKind.None || (Count > 1 && kind == LabelKind.Any))
            return new SequenceDataset(channels, [], sequences, name);
        switch (kind)
        {
            case LabelKind.Classes:
                string[] sets = _columns[0].SortSets(name, out float[][] targets);
                return new SequenceDataset(channels, sets, sequences.Select((s, i) => s.WithTargets(targets[labels[i][0]])), name, sets);
            case LabelKind.Steps:
                string[] tags = _columns[0].Sort(out int[] order);
                return new SequenceDataset(channels, tags, sequences.Select((s, i) => s.WithStepLabels(
                    steps[i].Select(label => label < 0 ? label : order[label]).ToArray())), name);
            case LabelKind.Numbers:
                return new SequenceDataset(channels, [], sequences.Select((s, i) => s.WithTargets(
                    labels[i].Select((label, column) => _columns[column].Number(label)).ToArray())), name, names);
            default:
                string[] classes = _columns[0].Sort(out int[] rank);
                return new SequenceDataset(
                    channels, classes, sequences.Select((s, i) => labels[i][0] < 0 ? s : s.WithLabel(rank[labels[i][0]])), name);
        }
    }
}
