using System.Text;
using System.Text.Unicode;

namespace Elman.Data.Columnar;

/// <summary>Reads labels where a row is a sequence: single ones by the rules of tables, lists where a sequence has several.</summary>
internal sealed class NestedLabels(ColumnTable table, LabelColumns labels, LabelKind kind, Remarks remarks)
{
    private byte[] _scratch = [];
    private int _unknownSets;

    /// <summary>The labels of the steps of the row, where steps are labelled.</summary>
    public int[] Steps { get; private set; } = [];

    /// <summary>Reads the label of the current row in a column.</summary>
    /// <param name="column">Which of the label columns it is.</param>
    /// <param name="field">Which column of the file it is.</param>
    /// <param name="steps">How many steps the sequence has.</param>
    /// <exception cref="DataFileException">It is not of the kind that was asked for.</exception>
    public int Read(int column, int field, int steps)
    {
        Steps = [];
        Column of = table.Columns[field];
        if (kind == LabelKind.None || (kind == LabelKind.Any && of.Kind is ColumnKind.List or ColumnKind.Other))
            return Sequence.NoLabel;
        if (of.Kind != ColumnKind.List)
        {
            if (kind == LabelKind.Steps)
                throw table.Error(field, "the label is a single one, and what was asked for are labels of steps; give a list with one for "
                    + "each.");
            if (kind == LabelKind.Classes && table.IsEmpty(field) && table.Label(field) is [(byte)'?'])
                _unknownSets++;
            return labels[column].Read(table, field);
        }
        if (kind is not (LabelKind.Steps or LabelKind.Classes) || !of.IsList)
            throw table.Error(field, kind == LabelKind.Numbers
                ? "the label is a list, and what was asked for are numbers, one in each label column; give each a column of its own."
                : "the label is a list, and what was asked for is one class for each sequence; learn several classes (--multi-label) or "
                    + "those "
                    + "of steps (--task tag).");
        ListValues lists = table.Lists(field);
        return kind == LabelKind.Steps ? ReadSteps(lists, column, field, steps) : ReadSet(lists, column, field);
    }

    /// <summary>Tells what may be meant otherwise.</summary>
    public void Report()
    {
        if (_unknownSets > 0)
            remarks.AddOnce($"{_unknownSets} rows have no label (null), so it is not known which classes apply; write an empty text or an "
                + "empty "
                + "list where none does.");
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
            throw table.Error(field, $"there are {end - start} labels for {steps} steps; give one for each, or null.");
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
                ? throw table.Error(field, "a label is null among others; leave it out, or write null in place of the list where none is "
                    + "known.")
                : Name(lists.Items, item, field);
            if (name.Contains((byte)'|') || name.IsEmpty || LabelColumn.IsUnknown(name))
                throw table.Error(field, $"the label {NumberText.Quote(name)} is no name of a class; it may not be empty, stand for what "
                    + "is "
                    + "missing, or have a '|'.");
            names.Add(Encoding.UTF8.GetString(name));
        }
        return labels[column].Add(Encoding.UTF8.GetBytes(string.Join('|', names.Distinct())));
    }

    private ReadOnlySpan<byte> Name(ColumnValues items, int item, int field)
    {
        ReadOnlySpan<byte> text = items.Text(item, ref _scratch);
        return Utf8.IsValid(text) ? NumberText.TrimBlanks(text) : throw table.Error(field, "a label is no UTF-8; write it as such.");
    }
}
