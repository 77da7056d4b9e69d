namespace Elman.Data;

/// <summary>Reads <c>.csv</c>, <c>.tsv</c> and <c>.txt</c>: detects the layout of the table and selects the reader of its rows.</summary>
internal static class DelimitedReader
{
    /// <summary>The options that are used for such files.</summary>
    public static readonly OptionUse Use = new(".csv, .tsv and .txt files", "--layout", "--label-column", "--id-column", "--time-column",
        "--time-format", "--group-column", "--channels", "--text", "--tokens", "--header", "--delimiter", "--decimal");

    /// <summary>Reads all rows.</summary>
    /// <exception cref="DataFileException">The file is malformed, or holds something that is not supported.</exception>
    public static SequenceDataset Read(SourceStream source, bool tabs, DataFileOptions options)
    {
        var remarks = new Remarks();
        var preamble = Preamble.Skip(source, remarks);
        bool comma = HasDecimalComma(source, tabs, options, preamble.Separator);
        char delimiter = options.Delimiter ?? preamble.Separator ?? (tabs ? '\t' : Delimiter.Detect(source.PeekStart(), comma));
        if (comma && delimiter == ',')
            throw new DataFileException(source.Name, "a comma can't be both the delimiter (--delimiter, or a line 'sep=,') and the "
                + "decimal separator (--decimal); set the delimiter, such as --delimiter ';'.");
        using var table = new Table(source, delimiter, preamble.Lines, comma);
        if (!table.Read())
            throw new DataFileException(source.Name, "the file holds only blank lines; give a file with sequences in it.");
        bool hasHeader = options.HasHeader ?? Header.IsFirstRow(table, options, remarks);
        if (hasHeader)
            table.TakeHeader();
        bool hasRow = !hasHeader || table.Read();

        IRowReader rows = RowsOf(table, options, remarks);
        if (!hasRow)
            throw new DataFileException(source.Name, "there is no row after the header; add the sequences.");
        table.KeepRow();
        while (table.Read())
        {
            rows.Take();
            source.Sequences = rows.SequenceCount;
        }
        return rows.Finish(source.Name);
    }

    /// <summary>Whether numbers have a decimal comma: as chosen, else as in other data unless a comma separates the fields.</summary>
    private static bool HasDecimalComma(SourceStream source, bool tabs, DataFileOptions options, char? separator)
    {
        if (options.DecimalSeparator is { } sign)
            return sign == ',';
        if (options.Known is not { HasDecimalComma: true })
            return false;
        if ((options.Delimiter ?? separator) is { } delimiter)
            return delimiter != ',';
        ReadOnlySpan<byte> line = source.PeekStart().TrimStart("\uFEFF \r\n"u8);
        int end = line.IndexOfAny("\r\n"u8);
        return tabs || Delimiter.Detect(line) != ',' || !line[..(end < 0 ? line.Length : end)].Contains((byte)',');
    }

    /// <summary>Creates the reader of the rows after the header.</summary>
    /// <exception cref="DataFileException">The roles of the columns can't be determined, or options contradict them.</exception>
    public static IRowReader RowsOf(TableRows table, DataFileOptions options, Remarks remarks)
    {
        var columns = new ColumnFinder(table);
        var form = TableForm.Of(columns, table, options, remarks);
        return form.IsLong ? Long(columns, table, form, options, remarks)
            : form.Texts.Length > 0 ? Texts(columns, table, form, options, remarks)
            : Wide(columns, table, form, options, remarks);
    }

    private static LongRows Long(ColumnFinder columns, TableRows table, TableForm form, DataFileOptions options, Remarks remarks)
    {
        var layout = LongLayout.Resolve(columns, table, form, options, remarks);
        return new LongRows(table, layout, new LabelColumns(options, [.. layout.Labels.Select(columns.NameOf)]), options, remarks);
    }

    private static TextRows Texts(ColumnFinder columns, TableRows table, TableForm form, DataFileOptions options, Remarks remarks)
    {
        var layout = TextLayout.Resolve(columns, table, form, options, remarks);
        return new TextRows(table, layout, new LabelColumns(options, [.. layout.Labels.Select(columns.NameOf)]), options, remarks);
    }

    private static WideRows Wide(ColumnFinder columns, TableRows table, TableForm form, DataFileOptions options, Remarks remarks)
    {
        var layout = WideLayout.Resolve(columns, table, form, options, remarks);
        string[] labels = layout.LabelIsLast ? [WideLayout.NameWithoutHeader] : [.. layout.Labels.Select(columns.NameOf)];
        return new WideRows(table, layout, new LabelColumns(options, labels), options, remarks);
    }
}
