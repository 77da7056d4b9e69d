namespace Elman.Data;

/// <summary>Which columns of a table hold what where each row is a text; columns count from 0.</summary>
/// <param name="Text">The column of the text.</param>
/// <param name="Labels">The label columns; most often one.</param>
/// <param name="Id">The column of the text's name.</param>
/// <param name="Group">The column of groups.</param>
internal sealed record TextLayout(int Text, int[] Labels, int? Id, int? Group)
{
    /// <summary>Finds the columns, with the first row at hand.</summary>
    public static TextLayout Resolve(ColumnFinder columns, TableRows table, TableForm form, DataFileOptions options, Remarks remarks)
    {
        if (form.Texts.Length > 1)
            throw columns.Error("a row is a text, and several columns are given as text; name one (--text), or give the form long if each "
                + "row is a step.");
        if (options.Channels is not null)
            throw columns.Error("a row is a text, which has no further channels; leave them out (--channels), or give the form long if "
                + "each row is a step.");
        int text = form.Texts[0];
        int[] labels = LongLayout.LabelsOf(columns, table, options, remarks);
        HashSet<int> used = [.. labels];
        foreach (int column in new int?[] { text, form.Id, form.Group }.OfType<int>())
            if (!used.Add(column))
                throw columns.Error("the text, id, group and label columns need to be different columns; name each of them once.");
        for (int column = 0; column < table.Names?.Length; column++)
            if (!used.Contains(column) && table.Names[column].Length > 0 && options.Known is null)
                remarks.Add("columns that are not used", $"Column '{table.Names[column]}' is not used, since a row is a text.");
        return new TextLayout(text, labels, form.Id, form.Group);
    }
}
