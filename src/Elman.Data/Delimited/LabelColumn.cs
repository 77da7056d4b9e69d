using System.Globalization;

namespace Elman.Data;

/// <summary>The labels of a delimited file, and the order of their classes.</summary>
internal sealed class LabelColumn
{
    private readonly NameTable _labels = new();

    /// <summary>The label in a field of the current row, as an index that <see cref="Sort"/> knows.</summary>
    public int Read(Table table, int field)
    {
        ReadOnlySpan<byte> text = field < table.FieldCount ? table[field] : [];
        if (text.IsEmpty)
            throw table.Error(field, "the class label is missing; add it, or give the label column 'none' if the file has no labels.");
        return _labels.FindOrAdd(text);
    }

    /// <summary>A label as the file has it.</summary>
    public string Name(int label) => _labels.Names[label];

    /// <summary>The classes in an order that doesn't depend on the rows: by number if all are numbers, else letter by letter.</summary>
    /// <param name="rank">The place in that order of each label that <see cref="Read"/> gave.</param>
    public string[] Sort(out int[] rank)
    {
        string[] names = [.. _labels.Names];
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
        rank = new int[names.Length];
        for (int i = 0; i < order.Length; i++)
            rank[order[i]] = i;
        return [.. order.Select(i => names[i])];
    }
}
