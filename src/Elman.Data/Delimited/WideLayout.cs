namespace Elman.Data;

/// <summary>The roles of the columns of a table in wide form; columns count from 0.</summary>
/// <param name="Labels">The label columns; none if the label is the last field of a row, or there is none.</param>
/// <param name="LabelIsLast">Whether the label is the last field of each row, however long the row is.</param>
/// <param name="IsGuessed">Whether the label column was chosen only because it is the last.</param>
/// <param name="TrailingDelimiter">Whether each row ends with a delimiter that no field follows; used only with
/// <paramref name="LabelIsLast"/>.</param>
/// <param name="Id">The column of the name of the sequence.</param>
/// <param name="Group">The column of groups.</param>
/// <param name="Aside">The columns that are skipped.</param>
/// <param name="Channels">The number of interleaved channels.</param>
internal sealed record WideLayout(
    int[] Labels, bool LabelIsLast, bool IsGuessed, bool TrailingDelimiter, int? Id, int? Group, IReadOnlySet<int> Aside, int Channels)
{
    /// <summary>The name of the last column as the label column, in a file without a header.</summary>
    public const string NameWithoutHeader = "target";

    /// <summary>Determines the roles of the columns, when the first row has been read.</summary>
    public static WideLayout Resolve(
        ColumnFinder columns, TableRows table, TableForm form, DataFileOptions options, Remarks remarks)
    {
        int channels = 1;
        if (options.Channels is { } text && (Header.Number(text) is not { } number || (channels = number) < 1))
            throw columns.Error($"in wide form, the number of channels must be a whole number from 1 to {int.MaxValue}, not "
                + $"{Quoted(text)}.");

        var unlabelled = new WideLayout(
            [], LabelIsLast: false, IsGuessed: false, TrailingDelimiter: false, form.Id, form.Group, form.Aside, channels);
        if (options.LabelColumn == DataFileOptions.NoLabelColumn)
            return unlabelled;
        if (options.LabelColumn is { } name)
            return unlabelled with { Labels = columns.FindLabels(name, options.Labels) };
        if (columns.FindUsualLabels(options) is { } usual)
            return unlabelled with { Labels = usual };
        // If there is a label column, a column named y is a channel.
        if ((columns.FindLabel() ?? columns.FindWeakLabel()) is { } label)
            return unlabelled with { Labels = [label] };
        if (options.Labels == LabelKind.None)
            return unlabelled;

        int fields = CountFields(table);
        if (options.Labels == LabelKind.Any && table.Names is not null && options.Known is { Labels: [var known, ..] }
            && Header.Number(known) is null && fields > 0 && table.MayHoldNumbers(fields - 1))
        {
            remarks.Add("labels", $"No column is named {Quoted(known)}, the label column of the training data, so all columns are values; "
                + "name the label column (--label-column) if there is one.");
            return unlabelled;
        }
        if (options.Labels == LabelKind.Any && HasRoomForValuesAlone(table, fields, form.Id, channels))
            return unlabelled;
        options.LabelColumnGuessed?.Invoke(table.Names is { } names && fields > 0 ? names[fields - 1] : NameWithoutHeader);
        return table.Names is null
            ? unlabelled with
            {
                LabelIsLast = true,
                IsGuessed = true,
                TrailingDelimiter = table.FieldCount > 1 && table[table.FieldCount - 1].IsEmpty,
            }
            : unlabelled with { Labels = [Math.Max(fields - 1, 0)], IsGuessed = true };
    }

    /// <summary>Returns the number of fields up to the last that is not empty: a delimiter at the end of a row adds none.</summary>
    private static int CountFields(TableRows table)
    {
        if (table.Names is { } names)
            return Array.FindLastIndex(names, n => n.Length > 0) + 1;
        int fields = table.FieldCount;
        return fields > 1 && table[fields - 1].IsEmpty ? fields - 1 : fields;
    }

    /// <summary>
    /// Whether the number of values is a multiple of the channels only if the last column is a value; then it is not a label.
    /// </summary>
    private static bool HasRoomForValuesAlone(TableRows table, int fields, int? id, int channels) =>
        channels > 1 && (fields - (id is null ? 0 : 1)) % channels == 0
            && (table.Names is not null || NumberText.TryParseField(table.Number(fields - 1), out _));
}
