namespace Elman;

/// <summary>Assigns indices to class labels in the order of first occurrence; labels are compared exactly (ordinal).</summary>
internal sealed class ClassIndex
{
    private readonly Dictionary<string, int> _indices = new(StringComparer.Ordinal);
    private readonly List<string> _labels = [];

    /// <summary>Creates an index without classes.</summary>
    public ClassIndex()
    {
    }

    /// <summary>Creates an index that starts with the given classes.</summary>
    /// <param name="labels">The labels, in order.</param>
    public ClassIndex(IEnumerable<string> labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        foreach (string label in labels)
            Add(label);
    }

    /// <summary>The labels, in the order of their indices.</summary>
    public IReadOnlyList<string> Labels => _labels;

    /// <summary>Returns the index of a label; adds a new class if the label is unknown.</summary>
    /// <param name="label">The label.</param>
    public int Add(string label)
    {
        if (_indices.TryGetValue(label, out int index))
            return index;
        _indices.Add(label, _labels.Count);
        _labels.Add(label);
        return _labels.Count - 1;
    }

    /// <summary>Returns the index of a label, or <see cref="Sequence.NoLabel"/> if no class has it.</summary>
    /// <param name="label">The label.</param>
    public int Find(string label) => _indices.GetValueOrDefault(label, Sequence.NoLabel);
}
