namespace Elman.Data;

/// <summary>Which columns of a table in long form hold what; columns count from 0.</summary>
/// <param name="Id">The column that tells sequences apart.</param>
/// <param name="Time">The column that orders the steps, if there is one.</param>
/// <param name="Labels">The label columns; most often one.</param>
/// <param name="Channels">The columns of the values.</param>
/// <param name="FieldCount">How many fields a row has.</param>
internal sealed record LongLayout(int Id, int? Time, int[] Labels, int[] Channels, int FieldCount)
{
    private static readonly string[] _timeNames = ["time", "t", "step", "timestamp"];

    // Not 'y', which beside an x is a channel.
    private static readonly string[] _labelNames = ["label", "class", "target"];

    /// <summary>Finds the columns, with the first row at hand.</summary>
    public static LongLayout Resolve(ColumnFinder columns, Table table, int id, DataFileOptions options)
    {
        int? time = options.TimeColumn is { } timeName ? columns.Find(timeName, ColumnFinder.Time) : columns.FindCommon(_timeNames, ColumnFinder.Time);
        int[] labels = options.LabelColumn switch
        {
            DataFileOptions.NoLabelColumn => [],
            { } names => columns.FindLabels(names, options.Labels),
            null when columns.FindUsualLabels(options) is { } usual => usual,
            null when columns.FindCommon(_labelNames, ColumnFinder.Label) is { } common => [common],
            null when options.Labels == LabelKind.Any => [],
            null => throw columns.Error("no column is called label, class or target; say which column holds the labels, or give the label column 'none' if the file has no labels."),
        };
        if (id == time || labels.Contains(id) || (time is { } timeColumn && labels.Contains(timeColumn)))
            throw columns.Error("the id, time and label columns need to be different columns; name each of them once.");

        // A delimiter at the end of the header names no column.
        int fields = table.Names is { } header ? Array.FindLastIndex(header, n => n.Length > 0) + 1 : table.FieldCount;
        int[] channels = options.Channels is { } list
            ? [.. list.Split(',', StringSplitOptions.TrimEntries).Select(c => columns.Find(c, ColumnFinder.Channel))]
            : [.. Enumerable.Range(0, fields).Where(i => i != id && i != time && !labels.Contains(i))];
        if (channels.Length == 0)
            throw columns.Error("no column is left for values; a row needs one for each channel.");
        foreach (int c in channels)
        {
            if (c == id || c == time || labels.Contains(c))
                throw columns.Error($"{table.Describe(c)} is given as a channel, and is the id, time or label column; give columns with values as channels.");
            if (channels.Count(other => other == c) > 1)
                throw columns.Error($"{table.Describe(c)} is given as a channel twice; name every column once.");
        }
        return new LongLayout(id, time, labels, channels, fields);
    }
}
