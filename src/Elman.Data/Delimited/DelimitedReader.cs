namespace Elman.Data;

/// <summary>
/// Reads <c>.csv</c>, <c>.tsv</c> and <c>.txt</c>: finds out how the table is laid out, and has the rows read accordingly.
/// </summary>
internal static class DelimitedReader
{
    /// <summary>Reads all rows.</summary>
    /// <exception cref="DataFileException">The file is malformed, or holds something that is not supported.</exception>
    public static SequenceDataset Read(SourceStream source, bool tabs, DataFileOptions options)
    {
        var remarks = new Remarks();
        var preamble = Preamble.Skip(source, remarks);
        char delimiter = options.Delimiter ?? preamble.Separator ?? (tabs ? '\t' : Delimiter.Detect(source.PeekStart()));
        using var table = new Table(source, delimiter, preamble.Lines);
        if (!table.Read())
            throw new DataFileException(source.Name, "the file holds only blank lines; give a file with sequences in it.");
        bool hasHeader = options.HasHeader ?? Header.IsFirstRow(table, options, remarks);
        if (hasHeader)
            table.TakeHeader();

        var columns = new ColumnFinder(table, source.Name);
        var form = TableForm.Of(columns, table, options, remarks);
        IRowReader rows = form.IsLong ? Long(columns, table, form, options, remarks)
            : form.Texts.Length > 0 ? Texts(columns, table, form, options, remarks)
            : Wide(columns, table, form, options, remarks);
        if (!hasHeader)
            table.KeepRow();
        while (table.Read())
        {
            rows.Take();
            source.Sequences = rows.SequenceCount;
        }
        if (rows.SequenceCount == 0)
            throw new DataFileException(source.Name, "there is no row behind the header; add the sequences.");
        return rows.Finish(source.Name);
    }

    private static LongRows Long(ColumnFinder columns, Table table, TableForm form, DataFileOptions options, Remarks remarks)
    {
        var layout = LongLayout.Resolve(columns, table, form, options, remarks);
        return new LongRows(table, layout, new LabelColumns(options.Labels, [.. layout.Labels.Select(columns.NameOf)]), options, remarks);
    }

    private static TextRows Texts(ColumnFinder columns, Table table, TableForm form, DataFileOptions options, Remarks remarks)
    {
        var layout = TextLayout.Resolve(columns, table, form, options, remarks);
        return new TextRows(table, layout, new LabelColumns(options.Labels, [.. layout.Labels.Select(columns.NameOf)]), options, remarks);
    }

    private static WideRows Wide(ColumnFinder columns, Table table, TableForm form, DataFileOptions options, Remarks remarks)
    {
        var layout = WideLayout.Resolve(columns, table, form, options);
        string[] labels = layout.LabelIsLast ? [WideLayout.NameWithoutHeader] : [.. layout.Labels.Select(columns.NameOf)];
        return new WideRows(table, layout, new LabelColumns(options.Labels, labels), options, remarks);
    }
}
