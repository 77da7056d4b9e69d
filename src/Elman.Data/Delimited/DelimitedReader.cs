namespace Elman.Data;

/// <summary>Reads <c>.csv</c> and <c>.tsv</c>: finds out how the table is laid out, and has the rows read accordingly.</summary>
internal static class DelimitedReader
{
    private static readonly string[] _idNames = ["id", "sequence", "series", "case"];

    /// <summary>Reads all rows.</summary>
    /// <exception cref="DataFileException">The file is malformed, or holds something that is not supported.</exception>
    public static SequenceDataset Read(SourceStream source, bool tabs, DataFileOptions options)
    {
        using var table = new Table(source, tabs ? '\t' : Delimiter.Detect(source.PeekStart()));
        if (!table.Read())
            throw new DataFileException(source.Name, "the file holds only blank lines; give a file with sequences in it.");
        bool header = Header.IsFirstRow(table, options);
        if (header)
            table.TakeHeader();

        var columns = new ColumnFinder(table, source.Name);
        int? id = options.IdColumn is { } name ? columns.Find(name, ColumnFinder.Id) : columns.FindCommon(_idNames, ColumnFinder.Id);
        bool isLong = options.Format == DelimitedForm.Long || (options.Format == DelimitedForm.Auto && id is not null);
        if (isLong && id is null)
            throw columns.Error("long form needs a column that tells the sequences apart; say which column holds the ids.");
        if (!isLong && options.TimeColumn is not null)
            throw columns.Error("a time column belongs to long form; say which column holds the ids too, or give no time column.");

        if (!isLong && options.Labels == LabelKind.Steps)
            throw columns.Error("labels of steps need long form, a row for each step; say which column holds the ids of the sequences.");

        IRowReader rows = isLong ? Long(columns, table, id!.Value, options) : Wide(columns, table, id, options);
        if (!header)
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

    private static LongRows Long(ColumnFinder columns, Table table, int id, DataFileOptions options)
    {
        var layout = LongLayout.Resolve(columns, table, id, options);
        return new LongRows(table, layout, new LabelColumns(options.Labels, [.. layout.Labels.Select(columns.NameOf)]), options);
    }

    private static WideRows Wide(ColumnFinder columns, Table table, int? id, DataFileOptions options)
    {
        var layout = WideLayout.Resolve(columns, table, id, options);
        return new WideRows(table, layout, new LabelColumns(options.Labels, layout.LabelIsLast ? [WideLayout.NameWithoutHeader] : [.. layout.Labels.Select(columns.NameOf)]));
    }
}
