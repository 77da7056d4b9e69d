namespace Elman.Data.Columnar;

/// <summary>Determines the form of a columnar file and selects the reader of its rows.</summary>
internal static class ColumnarReader
{
    /// <summary>Reads all rows.</summary>
    /// <exception cref="DataFileException">The file is damaged, or holds something that is not supported.</exception>
    public static SequenceDataset Read(ColumnSource source, DataFileOptions options, CancellationToken cancellation)
    {
        if (source.Columns.Count == 0)
            throw new DataFileException(source.Name, "the file has no columns; give a file with sequences in it.");
        var remarks = new Remarks();
        var table = new ColumnTable(source, cancellation);
        IRowReader rows = IsNested(table, options)
            ? new NestedRows(table, NestedLayout.Resolve(table, options, remarks), options, remarks)
            : DelimitedReader.RowsOf(table, options, remarks);
        while (table.Read())
            rows.Take();
        return rows.SequenceCount > 0
            ? rows.Finish(source.Name)
            : throw new DataFileException(source.Name, "the file has no rows; give a file with sequences in it.");
    }

    /// <summary>Whether each row is a sequence with its values in lists.</summary>
    private static bool IsNested(ColumnTable table, DataFileOptions options)
    {
        int list = table.Columns.ToList().FindIndex(column => column.IsList || column.IsListOfLists);
        if (list >= 0 && options.Format == DelimitedForm.Long)
            throw new DataFileException(table.Source, $"{table.Describe(list)} holds lists, so each row is a sequence, not a step; "
                + "leave out --format, or write a row for each step.");
        return list >= 0;
    }
}
