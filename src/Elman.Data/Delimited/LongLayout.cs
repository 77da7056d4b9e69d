namespace Elman.Data;

/// <summary>The roles of the columns of a table in long form; columns count from 0.</summary>
/// <param name="Id">The column that distinguishes sequences; if there is none, all rows are a single sequence.</param>
/// <param name="Time">The column that orders the steps, if there is one.</param>
/// <param name="Group">The column of groups, if there is one.</param>
/// <param name="Labels">The label columns; usually one.</param>
/// <param name="Channels">The columns of the values.</param>
/// <param name="Texts">The channels that hold text.</param>
/// <param name="FieldCount">The number of fields of a row.</param>
internal sealed record LongLayout(int? Id, int? Time, int? Group, int[] Labels, int[] Channels, int[] Texts, int FieldCount)
{
    /// <summary>Determines the roles of the columns, when the first row has been read.</summary>
    public static LongLayout Resolve(ColumnFinder columns, TableRows table, TableForm form, DataFileOptions options, Remarks remarks)
    {
        int[] labels = LabelsOf(columns, table, options, remarks);
        HashSet<int> used = [.. labels];
        foreach (int column in new[] { form.Id, form.Time, form.Group }.OfType<int>())
            if (!used.Add(column))
                throw columns.Error("the id, time, group and label columns must be different columns; name each of them once.");
        if (form.Id is null && options.Known?.Id is { } known)
            remarks.Add("no ids", $"No column {Named(known)} identifies sequences, as in the training data, so all rows are one "
                + "sequence; name the id column (--id-column) if there are several.");
        else if (form.Id is null && table.Names is not null && options.Labels is not (LabelKind.None or LabelKind.Any))
            remarks.Add("no ids",
                "No column identifies sequences, so all rows are one sequence; name the id column (--id-column) if there are several.");

        if (form.Time is null && options.Known?.Time is { } time)
            remarks.Add("no times", $"No column {Named(time)} has the times of the steps, as in the training data, so rows are read in "
                + "file order; name the time column (--time-column) if there is one.");

        // A delimiter at the end of the header does not name a column.
        int fields = table.Names is { } header ? Array.FindLastIndex(header, n => n.Length > 0) + 1 : table.FieldCount;
        int[] channels = options.Channels is { } list
            ? [.. list.Split(',', StringSplitOptions.TrimEntries).Select(c => columns.Find(c, ColumnFinder.Channel))]
            : Known(columns, table, [.. Enumerable.Range(0, fields).Where(i => !used.Contains(i) && !form.Aside.Contains(i))],
                options, remarks);
        channels = [.. channels, .. form.Texts.Except(channels)];
        if (channels.Length == 0)
            throw columns.Error("no column remains for values; each channel needs one.");
        var seen = new HashSet<int>();
        foreach (int c in channels)
        {
            if (used.Contains(c))
                throw columns.Error($"{table.Describe(c)} is given as a channel, but is the id, time, group or label column; give only "
                    + "columns with values.");
            if (!seen.Add(c))
                throw columns.Error($"{table.Describe(c)} is given as a channel twice; name every column once.");
        }
        foreach (int text in form.Texts)
            if (used.Contains(text))
                throw columns.Error($"{table.Describe(text)} is given as text, but is the id, time, group or label column; give another.");
        return new LongLayout(form.Id, form.Time, form.Group, labels, channels, [.. form.Texts.Intersect(channels)], fields);
    }

    private static string Named(string column) => Header.Number(column) is null ? $"has the name {Quoted(column)} and" : $"{column}";

    /// <summary>Determines the label columns, when the first row has been read.</summary>
    public static int[] LabelsOf(ColumnFinder columns, TableRows table, DataFileOptions options, Remarks remarks)
    {
        if (columns.FindChosenLabels(options) is { } chosen)
            return chosen;
        if (options.Labels == LabelKind.None)
            return PassedOver(table, remarks);
        if (columns.FindLabel() is { } common)
            return [common];
        return options.Labels == LabelKind.Any ? [] : throw columns.Error(
            "no column is named label, class or target; name the label column (--label-column), or give --label-column none if there "
                + "are no labels.");
    }

    /// <summary>Returns the columns that have label names and are skipped, if labels are not needed.</summary>
    private static int[] PassedOver(TableRows table, Remarks remarks)
    {
        int[] found = [.. Enumerable.Range(0, table.Names?.Length ?? 0)
            .Where(i => table.Names![i].ToUpperInvariant() is "LABEL" or "CLASS")];
        foreach (int column in found)
            remarks.Add("labels", $"Column {Quoted(table.Names![column])} is ignored, because its name is that of labels; list it in "
                + "--channels if it holds values.");
        return found;
    }

    /// <summary>Returns the channels that are known from other data, in their order; other columns are skipped.</summary>
    public static int[] Known(ColumnFinder columns, TableRows table, int[] channels, DataFileOptions options, Remarks remarks)
    {
        if (options.KnownChannels.Count == 0 || table.Names is null)
            return channels;
        int?[] known = columns.FindKnown(options.KnownChannels);
        if (Array.IndexOf(known, null) is >= 0 and var missing)
            throw columns.Error(columns.IsAmbiguous(options.KnownChannels[missing])
                ? $"several columns are named {Quoted(options.KnownChannels[missing])} apart from case, which is a channel of the training "
                    + "data; give exactly one of them this name."
                : $"there is no column {Quoted(options.KnownChannels[missing])}, which is a channel of the training data; the other "
                    + $"columns are {string.Join(", ", channels.Select(columns.NameOf))}.");
        HashSet<int> used = [.. known.Select(column => column!.Value)];
        foreach (int column in channels.Where(column => !used.Contains(column)))
            remarks.Add("columns that are not used",
                $"Column {Quoted(columns.NameOf(column))} is ignored, because the training data have no such channel.");
        return [.. known.Select(column => column!.Value)];
    }
}
