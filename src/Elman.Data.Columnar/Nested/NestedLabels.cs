using System.Text;
using System.Text.Unicode;

namespace Elman.Data.Columnar;

/// <summary>Reads labels if a row is a sequence: single labels by the rules for tables, several labels of a sequence from lists.</summary>
internal sealed class NestedLabels(ColumnTable table, LabelColumns labels, LabelKind kind, Remarks remarks)
{
    private byte[] _scratch = [];
    private int _unknownSets;

    /// <summary>The labels of the steps of the row, if steps are labelled.</summary>
    public int[] Steps { get; private set; } = [];

    /// <summary>Reads the label of the current row in a column.</summary>
    /// <param name="column">The index of the label column among the label columns.</param>
    /// <param name="field">The index of the label column in the file.</param>
    /// <param name="steps">The number of steps of the sequence.</param>
    /// <exception cref="DataFileException">The label is not of the requested kind.</exception>
    public int Read(int column, int field, int steps)
    {
        Steps = [];
        Column of = table.Columns[field];
        if (kind == LabelKind.None || (kind == LabelKind.Any && of.Kind is ColumnKind.List or ColumnKind.Other))
            return Sequence.NoLabel;
        if (of.Kind != ColumnKind.List)
        {
            if (kind == LabelKind.Steps)
                throw table.Error(field, "there is a single label, but labels of steps are needed; give a list with one for each step.");
            if (kind == LabelKind.Classes && table.IsEmpty(field) && table.Label(field) is [(byte)'?'])
                _unknownSets++;
            return labels[column].Read(table, field);
        }
        if (kind is not (LabelKind.Steps or LabelKind.Classes) || !of.IsList)
            throw table.Error(field, kind == LabelKind.Numbers
                ? "the label is a list, but numbers are needed, one in each label column; give each number a separate column."
                : "the label is a list, but one class per sequence is needed; use --multi-label for several classes, or --task tag for "
                    + "classes of steps.");
        ListValues lists = table.Lists(field);
        return kind == LabelKind.Steps ? ReadSteps(lists, column, field, steps) : ReadSet(lists, column, field);
    }

    /// <summary>Reports possible misreadings.</summary>
    public void Report()
    {
        if (_unknownSets > 0)
            remarks.AddOnce($"The classes of {Amount.Of(_unknownSets, "row")} without a label (null) are unknown; write an empty text or "
                + "an empty list if no class applies.");
    }

    private int ReadSteps(ListValues lists, int column, int field, int steps)
    {
        (int start, int end) = lists[table.Row];
        if (lists.IsNull(table.Row))
        {
            Steps = [.. Enumerable.Repeat(Sequence.NoLabel, steps)];
            return Sequence.NoLabel;
        }
        if (end - start != steps)
            throw table.Error(field, $"there are {end - start} labels for {Amount.Of(steps, "step")}; give one for each, or null.");
        Steps = new int[steps];
        for (int t = 0; t < steps; t++)
        {
            ReadOnlySpan<byte> name = lists.Items.IsNull(start + t) ? [] : Name(lists.Items, start + t, field);
            Steps[t] = LabelColumn.IsUnknown(name) ? Sequence.NoLabel : labels[column].Add(name);
        }
        return Sequence.NoLabel;
    }

    private int ReadSet(ListValues lists, int column, int field)
    {
        if (lists.IsNull(table.Row))
            return labels[column].Add("?"u8);
        (int start, int end) = lists[table.Row];
        var names = new List<string>();
        for (int item = start; item < end; item++)
        {
            ReadOnlySpan<byte> name = lists.Items.IsNull(item)
                ? throw table.Error(field, "a label in the list is null; remove it, or write null instead of the list if the labels are "
                    + "unknown.")
                : Name(lists.Items, item, field);
            if (name.Contains((byte)'|') || name.IsEmpty || LabelColumn.IsUnknown(name))
                throw table.Error(field, $"the label {NumberText.Quote(name)} is not a valid class name; it must not be empty, mean a "
                    + "missing value, or contain '|'.");
            names.Add(Encoding.UTF8.GetString(name));
        }
        return labels[column].Add(Encoding.UTF8.GetBytes(string.Join('|', names.Distinct())));
    }

    private ReadOnlySpan<byte> Name(ColumnValues items, int item, int field)
    {
        ReadOnlySpan<byte> text = items.Text(item, ref _scratch);
        return Utf8.IsValid(text) ? NumberText.TrimBlanks(text) : throw table.Error(field, "a label is not valid UTF-8; write it as "
            + "UTF-8.");
    }
}
