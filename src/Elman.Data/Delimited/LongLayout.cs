namespace Elman.Data;

/// <summary>Which columns of a table in long form hold what; columns count from 0.</summary>
/// <param name="Id">The column that tells sequences apart; without one all rows are a single sequence.</param>
/// <param name="Time">The column that orders the steps, if there is one.</param>
/// <param name="Group">The column of groups, if there is one.</param>
/// <param name="Labels">The label columns; most often one.</param>
/// <param name="Channels">The columns of the values.</param>
/// <param name="Texts">Those of them that hold text.</param>
/// <param name="FieldCount">How many fields a row has.</param>
internal sealed record LongLayout(int? Id, int? Time, int? Group, int[] Labels, int[] Channels, int[] Texts, int FieldCount)
{
    /// <summary>Finds the columns, with the first row at hand.</summary>
    public static LongLayout Resolve(ColumnFinder columns, TableRows table, TableForm form, DataFileOptions options, Remarks remarks)
    {
        int[] labels = LabelsOf(columns, table, options, remarks);
        HashSet<int> used = [.. labels];
        foreach (int column in new[] { form.Id, form.Time, form.Group }.OfType<int>())
            if (!used.Add(column))
                throw columns.Error("the id, time, group and label columns need to be different columns; name each of them once.");
        if (form.Id is null && options.Known?.Id is { } known)
            remarks.Add("no ids", $"No column {Named(known)} tells sequences apart, as in the data that were learned from, so all rows are "
                + "one sequence; say which column does (--id-column) if there are several.");
        else if (form.Id is null && table.Names is not null && options.Labels is not (LabelKind.None or LabelKind.Any))
            remarks.Add("no ids",
                "No column tells sequences apart, so all rows are one sequence; say which column does (--id-column) if there are several.");

        if (form.Time is null && options.Known?.Time is { } time)
            remarks.Add("no times", $"No column {Named(time)} has the times of the steps, as in the data that were learned from, so rows "
                + "are taken in the order of the file; say which column does (--time-column) if there is one.");

        // A delimiter at the end of the header names no column.
        int fields = table.Names is { } header ? Array.FindLastIndex(header, n => n.Length > 0) + 1 : table.FieldCount;
        int[] channels = options.Channels is { } list
            ? [.. list.Split(',', StringSplitOptions.TrimEntries).Select(c => columns.Find(c, ColumnFinder.Channel))]
            : Known(columns, table, [.. Enumerable.Range(0, fields).Where(i => !used.Contains(i) && !form.Aside.Contains(i))],
                options, remarks);
        channels = [.. channels, .. form.Texts.Except(channels)];
        if (channels.Length == 0)
            throw columns.Error("no column is left for values; a row needs one for each channel.");
        var seen = new HashSet<int>();
        foreach (int c in channels)
        {
            if (used.Contains(c))
                throw columns.Error($"{table.Describe(c)} is given as a channel, and is the id, time, group or label column; "
                    + "give columns with values as channels.");
            if (!seen.Add(c))
                throw columns.Error($"{table.Describe(c)} is given as a channel twice; name every column once.");
        }
        foreach (int text in form.Texts)
            if (used.Contains(text))
                throw columns.Error($"{table.Describe(text)} is given as text, and is the id, time, group or label column; give another.");
        return new LongLayout(form.Id, form.Time, form.Group, labels, channels, [.. form.Texts.Intersect(channels)], fields);
    }

    private static string Named(string column) => Header.Number(column) is null ? $"is called '{column}' and" : $"{column}";

    /// <summary>The label columns, with the first row at hand.</summary>
    public static int[] LabelsOf(ColumnFinder columns, TableRows table, DataFileOptions options, Remarks remarks)
    {
        if (columns.FindChosenLabels(options) is { } chosen)
            return chosen;
        if (options.Labels == LabelKind.None)
            return PassedOver(table, remarks);
        if (columns.FindLabel() is { } common)
            return [common];
        return options.Labels == LabelKind.Any ? [] : throw columns.Error(
            "no column is called label, class or target; say which column holds the labels (--label-column), or give "
                + "--label-column none if the file has no labels.");
    }

    /// <summary>Labels where nothing is one: columns that can be nothing else.</summary>
    private static int[] PassedOver(TableRows table, Remarks remarks)
    {
        int[] found = [.. Enumerable.Range(0, table.Names?.Length ?? 0)
            .Where(i => table.Names![i].ToUpperInvariant() is "LABEL" or "CLASS")];
        foreach (int column in found)
            remarks.Add("labels", $"Column '{table.Names![column]}' is passed over, since labels are no values; "
                + "name it among the channels (--channels) if it holds values.");
        return found;
    }

    /// <summary>The channels that are known from other data, in their order; the others are passed over.</summary>
    public static int[] Known(ColumnFinder columns, TableRows table, int[] channels, DataFileOptions options, Remarks remarks)
    {
        if (options.KnownChannels.Count == 0 || table.Names is null)
            return channels;
        int?[] known = columns.FindKnown(options.KnownChannels);
        if (Array.IndexOf(known, null) is >= 0 and var missing)
            throw columns.Error(columns.IsAmbiguous(options.KnownChannels[missing])
                ? $"several columns are called '{options.KnownChannels[missing]}' but for the case of letters, and that is a channel of "
                    + "the data that were learned from; give one of them just this name."
                : $"there is no column '{options.KnownChannels[missing]}', which is a channel of the data that were learned "
                    + $"from; the others are {string.Join(", ", channels.Select(columns.NameOf))}.");
        HashSet<int> used = [.. known.Select(column => column!.Value)];
        foreach (int column in channels.Where(column => !used.Contains(column)))
            remarks.Add("columns that are not used",
                $"Column '{columns.NameOf(column)}' is not used, since the data that were learned from have no such channel.");
        return [.. known.Select(column => column!.Value)];
    }
}
