namespace Elman.Data;

/// <summary>The roles of the columns of a table in which each row is a text; columns count from 0.</summary>
/// <param name="Text">The column of the text.</param>
/// <param name="Labels">The label columns; usually one.</param>
/// <param name="Id">The column of the name of the text.</param>
/// <param name="Group">The column of groups.</param>
internal sealed record TextLayout(int Text, int[] Labels, int? Id, int? Group)
{
    /// <summary>Determines the roles of the columns, when the first row has been read.</summary>
    public static TextLayout Resolve(ColumnFinder columns, TableRows table, TableForm form, DataFileOptions options, Remarks remarks)
    {
        if (form.Texts.Length > 1)
            throw columns.Error("each row is a text, but several text columns are given; name one (--text), or give --format long if "
                + "each row is a step.");
        if (options.Channels is not null)
            throw columns.Error("each row is a text, which has no other channels; leave out --channels, or give --format long if each "
                + "row is a step.");
        int text = form.Texts[0];
        int[] labels = LongLayout.LabelsOf(columns, table, options, remarks);
        HashSet<int> used = [.. labels];
        foreach (int column in new int?[] { text, form.Id, form.Group }.OfType<int>())
            if (!used.Add(column))
                throw columns.Error("the text, id, group and label columns must be different columns; name each of them once.");
        for (int column = 0; column < table.Names?.Length; column++)
            if (!used.Contains(column) && table.Names[column].Length > 0 && options.Known is null)
                remarks.Add("columns that are not used", $"Column {Quoted(table.Names[column])} is ignored, because each row is a text.");
        return new TextLayout(text, labels, form.Id, form.Group);
    }
}
