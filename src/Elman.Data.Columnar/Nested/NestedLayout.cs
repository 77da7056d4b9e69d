namespace Elman.Data.Columnar;

/// <summary>The roles of the columns if a row is a sequence with its values in lists; columns count from 0.</summary>
/// <param name="Id">The column of the name of the sequence.</param>
/// <param name="Group">The column of groups.</param>
/// <param name="Labels">The label columns; usually one.</param>
/// <param name="Channels">The columns of the values: lists of numbers, or a single column of lists of lists.</param>
internal sealed record NestedLayout(int? Id, int? Group, int[] Labels, int[] Channels)
{
    /// <summary>Determines the roles of the columns.</summary>
    /// <exception cref="DataFileException">Options contradict the file, or the role of a column can't be determined.</exception>
    public static NestedLayout Resolve(ColumnTable table, DataFileOptions options, Remarks remarks)
    {
        var columns = new ColumnFinder(table);
        int? group = options.GroupColumn is { } groupName
            ? columns.Find(groupName, ColumnFinder.Group)
            : columns.FindKnown(options.Known?.Group)
                ?? Only(table, column => Is(table, column, "group"), ColumnFinder.Group, "--group-column");
        int? id = options.IdColumn is { } idName
            ? columns.Find(idName, ColumnFinder.Id)
            : columns.FindKnown(options.Known?.Id) ?? FindId(table, group);
        foreach (int column in new[] { id, group }.OfType<int>())
            if (table.Columns[column].Kind == ColumnKind.List)
                throw columns.Error($"{table.Describe(column)} holds {table.Columns[column].What}, but is given as the id or group "
                    + "column, which needs one name for each row.");
        int[] labels = LabelsOf(columns, table, options, remarks);
        HashSet<int> used = [.. labels];
        foreach (int column in new[] { id, group }.OfType<int>())
            if (!used.Add(column))
                throw columns.Error("the id, group and label columns must be different columns; name each of them once.");
        int[] channels = ChannelsOf(columns, table, used, options, remarks);
        Check(columns, table, channels, used);
        foreach (int column in Enumerable.Range(0, table.Columns.Count).Except(used).Except(channels))
            if (table.Columns[column].Kind != ColumnKind.List)
                remarks.Add("columns that are not used", $"Column {Quoted(columns.NameOf(column))} is ignored, because each row is a "
                    + "sequence with its values in lists.");
        return new NestedLayout(id, group, labels, channels);
    }

    private static int[] LabelsOf(ColumnFinder columns, ColumnTable table, DataFileOptions options, Remarks remarks)
    {
        if (columns.FindChosenLabels(options) is { } chosen)
            return chosen;
        int? found = columns.FindLabel()
            ?? Only(table, column => Is(table, column, "y"), ColumnFinder.Label, "--label-column");
        if (options.Labels == LabelKind.None)
        {
            if (found is { } passed)
                remarks.Add("labels", $"Column {Quoted(table.Names![passed])} is ignored, because its name is that of labels; list it in "
                    + "--channels if it holds values.");
            return found is { } label ? [label] : [];
        }
        if (found is null && options.Labels != LabelKind.Any)
            remarks.Add("labels", "No column is named label, class or target, so the sequences have no labels; name the label column "
                + "(--label-column) if there is one.");
        return found is { } column ? [column] : [];
    }

    private static int[] ChannelsOf(
        ColumnFinder columns, ColumnTable table, HashSet<int> used, DataFileOptions options, Remarks remarks)
    {
        if (options.Channels is { } list)
            return [.. list.Split(',', StringSplitOptions.TrimEntries).Select(name => columns.Find(name, ColumnFinder.Channel))];
        var found = new List<int>();
        for (int column = 0; column < table.Columns.Count; column++)
        {
            Column of = table.Columns[column];
            if (used.Contains(column) || !(of.IsList || of.IsListOfLists))
                continue;
            ColumnKind items = of.IsList ? of.Items!.Kind : of.Items!.Items!.Kind;
            string? why = ColumnNames.IsTime(of.Name) ? "it has the name of a time column; steps are in list order"
                : items is ColumnKind.Number ? null : $"it holds {of.What}";
            if (why is null)
                found.Add(column);
            else
                remarks.Add("columns that are not used", $"Column {Quoted(columns.NameOf(column))} is ignored, because {why}; list it in "
                    + "--channels if it holds values.");
        }
        return found.Any(column => table.Columns[column].IsListOfLists)
            ? [.. found]
            : LongLayout.Known(columns, table, [.. found], options, remarks);
    }

    private static void Check(ColumnFinder columns, ColumnTable table, int[] channels, HashSet<int> used)
    {
        if (channels.Length == 0)
            throw columns.Error("no column with lists of numbers remains for values; each channel needs one.");
        if (channels.Length > 1 && Array.Find(channels, column => table.Columns[column].IsListOfLists) is var nested
            && table.Columns[nested].IsListOfLists)
            throw columns.Error($"{table.Describe(nested)} holds lists of lists with all channels of a sequence, but there are other "
                + $"columns with values: {string.Join(", ", channels.Where(c => c != nested).Select(columns.NameOf))}; name the column "
                + "to read (--channels).");
        foreach (int column in channels)
        {
            if (!(table.Columns[column].IsList || table.Columns[column].IsListOfLists))
                throw columns.Error($"{table.Describe(column)} is given as a channel, but holds {table.Columns[column].What}; if each "
                    + "row is a sequence, channels must be lists.");
            if (used.Contains(column) || channels.Count(other => other == column) > 1)
                throw columns.Error($"{table.Describe(column)} is given as a channel, but is the id, group or label column, or given "
                    + "twice; name every column once.");
        }
    }

    /// <summary>
    /// Returns the column that names sequences. Columns of lists are excluded: they may be called series or sequence and hold values.
    /// </summary>
    private static int? FindId(ColumnTable table, int? group)
    {
        int[] ranks = [.. table.Columns.Select((column, i) =>
            i == group || column.Kind is ColumnKind.List or ColumnKind.Other ? 0 : ColumnNames.RankOfId(column.Name))];
        int best = ranks.DefaultIfEmpty().Max();
        return best == 0 ? null : Only(table, column => ranks[column] == best, ColumnFinder.Id, "--id-column");
    }

    private static bool Is(ColumnTable table, int column, string name) =>
        table.Columns[column].Kind is not (ColumnKind.List or ColumnKind.Other)
        && table.Columns[column].Name.Equals(name, StringComparison.OrdinalIgnoreCase);

    private static int? Only(ColumnTable table, Predicate<int> isIt, string role, string option)
    {
        int[] found = [.. Enumerable.Range(0, table.Columns.Count).Where(column => isIt(column))];
        return found.Length switch
        {
            0 => null,
            1 => found[0],
            _ => throw table.ErrorOfColumns(
                $"both {table.Describe(found[0])} and {table.Describe(found[1])} could be {role}; name one ({option})."),
        };
    }
}
