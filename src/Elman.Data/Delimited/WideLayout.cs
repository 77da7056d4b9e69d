namespace Elman.Data;

/// <summary>Which columns of a table in wide form hold what; columns count from 0.</summary>
/// <param name="Labels">The label columns; none if the label is the last field of a row, or there is none.</param>
/// <param name="LabelIsLast">Whether the label is the last field of each row, however long the row is.</param>
/// <param name="TrailingDelimiter">Whether each row ends in a delimiter that no field follows; only looked at with <paramref name="LabelIsLast"/>.</param>
/// <param name="Id">A column to pass over.</param>
/// <param name="Channels">How many channels the values interleave.</param>
internal sealed record WideLayout(int[] Labels, bool LabelIsLast, bool TrailingDelimiter, int? Id, int Channels)
{
    private static readonly string[] _labelNames = ["label", "class", "target"];
    private static readonly string[] _weakLabelNames = ["y"];

    /// <summary>Finds the columns, with the first row at hand.</summary>
    public static WideLayout Resolve(ColumnFinder columns, Table table, int? id, DataFileOptions options)
    {
        int channels = 1;
        if (options.Channels is { } text && (Header.Number(text) is not { } number || (channels = number) < 1))
            throw columns.Error($"in wide form, the number of channels is a whole number from 1 to {int.MaxValue}; '{text}' is not.");

        if (options.LabelColumn == DataFileOptions.NoLabelColumn)
            return new WideLayout([], LabelIsLast: false, TrailingDelimiter: false, id, channels);
        if (options.LabelColumn is { } name)
            return new WideLayout(columns.FindLabels(name, options.Labels), LabelIsLast: false, TrailingDelimiter: false, id, channels);
        if (columns.FindUsualLabels(options) is { } usual)
            return new WideLayout(usual, LabelIsLast: false, TrailingDelimiter: false, id, channels);
        if (table.Names is null)
            return new WideLayout([], LabelIsLast: true, TrailingDelimiter: table.FieldCount > 1 && table[table.FieldCount - 1].IsEmpty, id, channels);
        // A y beside a label is a channel.
        int label = columns.FindCommon(_labelNames, ColumnFinder.Label)
            ?? columns.FindCommon(_weakLabelNames, ColumnFinder.Label)
            ?? Array.FindLastIndex(table.Names, n => n.Length > 0);
        return new WideLayout([label], LabelIsLast: false, TrailingDelimiter: false, id, channels);
    }
}
