using System.Globalization;

namespace Elman.Data;

/// <summary>The labels in a column of a delimited file: each different text once, and what it means.</summary>
internal sealed class LabelColumn(LabelKind kind)
{
    private readonly NameTable _labels = new();
    private readonly List<float> _numbers = [];

    /// <summary>The label in a field of the current row, as the index of its text, or <see cref="Sequence.NoLabel"/> where it is left open and may be.</summary>
    public int Read(Table table, int field)
    {
        ReadOnlySpan<byte> text = field < table.FieldCount ? table[field] : [];
        bool isOpen = text.IsEmpty || text is [(byte)'?'];
        if (kind is LabelKind.Steps or LabelKind.Any && isOpen)
            return Sequence.NoLabel;
        if (kind == LabelKind.Class && text.IsEmpty)
            throw table.Error(field, "the class label is missing; add it, or give the label column 'none' if the file has no labels.");
        int index = _labels.FindOrAdd(text);
        if (kind == LabelKind.Numbers && index == _numbers.Count)
        {
            bool isUnknown = isOpen || text.SequenceEqual("NaN"u8);
            _numbers.Add(isUnknown ? float.NaN : NumberText.TryParse(text, out float number) ? number : throw table.NoNumber(field));
        }
        return index;
    }

    /// <summary>A label as the file has it.</summary>
    public string Name(int label) => label < 0 ? "" : _labels.Names[label];

    /// <summary>A label that is a number.</summary>
    public float Number(int label) => _numbers[label];

    /// <summary>The classes in an order that doesn't depend on the rows: by number if all are numbers, else letter by letter.</summary>
    /// <param name="rank">The place in that order of each label that <see cref="Read"/> gave.</param>
    public string[] Sort(out int[] rank)
    {
        string[] names = [.. _labels.Names], sorted = Sorted(names);
        rank = [.. names.Select(name => Array.IndexOf(sorted, name))];
        return sorted;
    }

    /// <summary>The same where a label may name several classes: for each label which apply, as ones and zeros.</summary>
    public string[] SortSets(out float[][] sets)
    {
        string[][] parts = [.. _labels.Names.Select(name => name.Split('|', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))];
        string[] sorted = Sorted([.. parts.SelectMany(part => part).Distinct(StringComparer.Ordinal)]);
        sets = [.. parts.Select(part => sorted.Select(name => part.Contains(name) ? 1f : 0).ToArray())];
        return sorted;
    }

    private static string[] Sorted(string[] names)
    {
        double[] numbers = new double[names.Length];
        bool numeric = true;
        for (int i = 0; i < names.Length && numeric; i++)
            numeric = double.TryParse(names[i], NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[i]) && double.IsFinite(numbers[i]);
        int[] order = [.. Enumerable.Range(0, names.Length)];
        Array.Sort(order, (a, b) =>
        {
            int byNumber = numeric ? numbers[a].CompareTo(numbers[b]) : 0;
            return byNumber != 0 ? byNumber : string.CompareOrdinal(names[a], names[b]);
        });
        return [.. order.Select(i => names[i])];
    }
}
