namespace Elman.Data;

/// <summary>The form of a table: whether a row is a step or a sequence, and the columns that determine it; columns count from 0.</summary>
/// <param name="IsLong">Whether a row is a step.</param>
/// <param name="Id">The column that distinguishes sequences.</param>
/// <param name="Time">The column that orders the steps.</param>
/// <param name="Group">The column of groups.</param>
/// <param name="Aside">The columns that are not values, by their names.</param>
/// <param name="Texts">The columns of text.</param>
internal sealed record TableForm(bool IsLong, int? Id, int? Time, int? Group, IReadOnlySet<int> Aside, int[] Texts)
{
    /// <summary>Determines the form of a table, when the first row has been read.</summary>
    /// <exception cref="DataFileException">Options contradict the table, or the role of a column can't be determined.</exception>
    public static TableForm Of(ColumnFinder columns, TableRows table, DataFileOptions options, Remarks remarks)
    {
        int? group = options.GroupColumn is { } groupName
            ? columns.Find(groupName, ColumnFinder.Group)
            : columns.FindKnown(options.Known?.Group);
        int? id = options.IdColumn is { } idName
            ? columns.Find(idName, ColumnFinder.Id)
            : columns.FindKnown(options.Known?.Id) ?? columns.FindId(group);
        int[] texts = columns.FindTexts(options);
        int? time = options.TimeColumn is { } timeName
            ? columns.Find(timeName, ColumnFinder.Time)
            : columns.FindKnown(options.Known?.Time) ?? columns.FindTime(texts);
        bool areDates = time is null && texts.Length == 0 && options.Format != DelimitedForm.Wide;
        time ??= areDates ? columns.FindDates([id, group], options) : null;
        areDates &= time is not null;
        bool isLong = options.Format switch
        {
            DelimitedForm.Long => true,
            DelimitedForm.Wide => false,
            _ when options.Known is { } known && columns.FindKnown(known.Id) == id => known.IsLong,
            _ when texts.Length > 0 => options.Tokens is null && id is not null && time is not null,
            _ => id is not null || IsOneSeries(columns, table, time, areDates, options),
        };
        if (isLong && areDates)
            remarks.Add("times", $"{Capital(table.Describe(time!.Value))} holds dates and is read as the times of the steps; name "
                + "another column (--time-column) if that is wrong.");
        if (!isLong && options.TimeColumn is not null)
            throw columns.Error("a time column needs long form; also name the id column, or give no time column.");
        if (!isLong && options.Labels == LabelKind.Steps)
        {
            throw columns.Error("labels of steps need long form, a row for each step; name the id column, or give --format long if all "
                + "rows are one sequence.");
        }
        if (isLong && options.Tokens is TextTokens.Characters or TextTokens.Words)
            throw columns.Error("in long form each row is one symbol, which is not split; leave out --tokens, or give --format wide if "
                + "each row is a text.");
        IReadOnlySet<int> aside = texts.Length > 0 && !isLong
            ? new HashSet<int>() : AsideOf(columns, table, (id, time, group), isLong, options, remarks);
        return new TableForm(isLong, id, isLong ? time : null, group, aside, texts);
    }

    /// <summary>Whether a table without ids is a single series. If its rows may be steps and no option decides, it is refused.</summary>
    private static bool IsOneSeries(ColumnFinder columns, TableRows table, int? time, bool areDates, DataFileOptions options)
    {
        int fields = table.Names is { } names ? names.Count(name => name.Length > 0) : table.FieldCount;
        if (time is not { } column)
            return options.Labels == LabelKind.None && fields == 1;
        if (options.Labels == LabelKind.None)
            return true;
        string why = areDates ? "holds dates" : options.TimeColumn is null ? "has the name of a time column" : "is given as the time "
            + "column";
        throw columns.Error(
            $"{table.Describe(column)} {why}, so rows seem to be steps, but no column identifies the sequences; name the id column "
                + "(--id-column), or give --format long if all rows are one sequence, or --format wide if each row is one.");
    }

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];

    /// <summary>Returns the columns that are not values, although no option gives them a role.</summary>
    private static HashSet<int> AsideOf(
        ColumnFinder columns, TableRows table, (int? Id, int? Time, int? Group) roles, bool isLong, DataFileOptions options,
        Remarks remarks)
    {
        var aside = new HashSet<int>();
        int lastNamed = table.Names is { } all ? Array.FindLastIndex(all, other => other.Length > 0) : -1;
        bool isChosen = isLong && options.Channels is not null;
        for (int column = 0; column < table.Names?.Length && !isChosen; column++)
        {
            string name = table.Names[column];
            bool hasFields = column <= lastNamed; // otherwise the header ends with a delimiter
            if (column == roles.Id || column == roles.Time || column == roles.Group || !hasFields)
                continue;
            string? why = ColumnNames.IsRowIndex(name)
                ? (name.Length == 0 ? "it has no name, like a row counter" : "its name is that of a row counter")
                : roles.Id is null && isLong ? null
                : ColumnNames.RankOfId(name) > 0 && !columns.IsLabel(column, options) ? "its name is that of an id column"
                : ColumnNames.IsTime(name) && !columns.IsLabel(column, options) ? "it has the name of a time column" : null;
            if (why is null)
                continue;
            aside.Add(column);
            remarks.Add("columns that are not used",
                $"Column {column + 1}{(name.Length == 0 ? "" : $" ({Quoted(name)})")} is ignored, because {why}; "
                    + (isLong
                        ? "list it in --channels if it holds values."
                        : "give it another name if it holds values."));
        }
        return aside;
    }
}
