namespace Elman.Data;

/// <summary>Finds the columns of a table by options or by common names.</summary>
internal sealed class ColumnFinder(TableRows table)
{
    /// <summary>The name in messages of the column that distinguishes sequences.</summary>
    public const string Id = "the id column";

    /// <summary>The name in messages of the column that orders the steps.</summary>
    public const string Time = "the time column";

    /// <summary>The name in messages of the column of the class.</summary>
    public const string Label = "the label column";

    /// <summary>The name in messages of the column of groups.</summary>
    public const string Group = "the group column";

    /// <summary>The name in messages of a column of text.</summary>
    public const string Text = "the text column";

    /// <summary>The name in messages of a column of values.</summary>
    public const string Channel = "a channel";

    private const int ListedNames = 12;

    private readonly Lazy<KnownNames> _names = new(() => new KnownNames(table.Names ?? []));
    private HashSet<int>? _labels;

    /// <summary>Returns the column that an option names, by header or by number; from 0.</summary>
    /// <param name="column">The header or the number, from 1.</param>
    /// <param name="role">The role of the column, such as <see cref="Id"/>.</param>
    /// <exception cref="DataFileException">There is no such column, or more than one.</exception>
    public int Find(string column, string role)
    {
        if (table.Names is { } names && Has(column))
        {
            if (!_names.Value.IsAmbiguous.Contains(column))
                return _names.Value.Find(column)!.Value;
            return FindName(names, column, StringComparison.Ordinal, role)
                ?? FindName(names, column, StringComparison.OrdinalIgnoreCase, role)!.Value;
        }
        if (Header.Number(column) is not { } number)
            throw Error($"there is no column {Quoted(column)}, given as {role}; the file has {List()}."
                + (role == Label && column.Contains(',', StringComparison.Ordinal)
                    ? " Several label columns are for numbers (--task regress) or several classes (--multi-label)." : ""));
        // Without a header, rows may be longer than the first one.
        if (number < 1 || (table.Names is not null && number > table.Names.Length))
            throw Error($"there is no column {number}, given as {role}; columns count from 1, and the file has {List()}.");
        return number - 1;
    }

    /// <summary>Returns the label columns that an option names, separated by commas if labels are numbers.</summary>
    /// <exception cref="DataFileException">There is no such column, more than one, or a column is named twice.</exception>
    public int[] FindLabels(string names, LabelKind kind)
    {
        bool mayBeMany = kind == LabelKind.Numbers || (kind == LabelKind.Any && !Has(names));
        int[] found = [.. (mayBeMany ? names.Split(',', StringSplitOptions.TrimEntries) : [names]).Select(name => Find(name, Label))];
        return found.Distinct().Count() == found.Length
            ? found
            : throw Error($"{Quoted(names)} names a label column twice; name every column once.");
    }

    /// <summary>
    /// Returns the label columns by options: the chosen ones, else the usual ones, else those of other data; none if no labels were chosen;
    /// <see langword="null"/> if they must be found by their names.
    /// </summary>
    /// <exception cref="DataFileException">A chosen column does not exist, or is named twice.</exception>
    public int[]? FindChosenLabels(DataFileOptions options) => options.LabelColumn switch
    {
        DataFileOptions.NoLabelColumn => [],
        { } names => FindLabels(names, options.Labels),
        null => FindUsualLabels(options),
    };

    /// <summary>
    /// Returns the label columns if no option chooses them: the usual ones, else those of other data, if the header contains all of them;
    /// else <see langword="null"/>.
    /// </summary>
    public int[]? FindUsualLabels(DataFileOptions options)
    {
        if (options.UsualLabelColumn is { } usual && (Has(usual) || usual.Split(',', StringSplitOptions.TrimEntries).All(Has)))
            return FindLabels(usual, options.Labels);
        int?[] known = FindKnown(options.Known?.Labels ?? []);
        return known.Length > 0 && !known.Contains(null) ? [.. known.Select(column => column!.Value)] : null;
    }

    /// <summary>Returns the text columns, by an option or as in other data; none if there are none. From 0.</summary>
    /// <exception cref="DataFileException">There is no such column, one is named twice, or this table lacks a text column of other
    /// data.</exception>
    public int[] FindTexts(DataFileOptions options)
    {
        if (options.Text is null)
            return [.. (options.Known?.Texts ?? []).Select(name => FindKnown(name) ?? throw Error($"there is no column {Quoted(name)}, "
                + "which held the text in the training data; name the text column (--text)."))];
        int[] found = [.. options.Text.Split(',', StringSplitOptions.TrimEntries).Select(name => Find(name, Text))];
        return found.Distinct().Count() == found.Length
            ? found
            : throw Error($"{Quoted(options.Text)} names a text column twice; name every column once.");
    }

    /// <summary>Returns the column of other data with a name, if this table has it too; from 0.</summary>
    public int? FindKnown(string? column) => column is null ? null : FindKnown([column])[0];

    /// <summary>
    /// Returns the columns of other data with several names, all different; <see langword="null"/> for those that this table lacks.
    /// </summary>
    public int?[] FindKnown(IReadOnlyList<string> columns) => table.Names is not null
        ? _names.Value.FindAll(columns)
        : [.. columns.Select(column => Header.Number(column) is { } number && number <= table.FieldCount ? number - 1 : (int?)null)];

    /// <summary>Whether a name is that of several columns, apart from upper and lower case.</summary>
    public bool IsAmbiguous(string column) => _names.Value.IsAmbiguous.Contains(column);

    /// <summary>Returns the column that distinguishes sequences, by its name; from 0.</summary>
    /// <param name="group">The column of groups, which is excluded.</param>
    /// <exception cref="DataFileException">Several columns have the name.</exception>
    public int? FindId(int? group)
    {
        int[] ranks = [.. (table.Names ?? []).Select((name, i) => i == group ? 0 : ColumnNames.RankOfId(name))];
        int best = ranks.DefaultIfEmpty().Max();
        return best == 0 ? null : Only(i => ranks[i] == best, Id, "--id-column");
    }

    /// <summary>Returns the column that orders the steps, by its name; from 0.</summary>
    /// <param name="texts">The columns of text, which are excluded.</param>
    /// <exception cref="DataFileException">Several columns have the name.</exception>
    public int? FindTime(int[] texts) =>
        Only(i => ColumnNames.IsTime(table.Names![i]) && !texts.Contains(i), Time, "--time-column");

    /// <summary>Returns the column that orders the steps because it is the only one that holds dates, whatever its name; from 0.</summary>
    /// <param name="others">Columns with other roles.</param>
    /// <param name="options">The label columns and the date format.</param>
    /// <exception cref="DataFileException">Several columns hold dates.</exception>
    public int? FindDates(int?[] others, DataFileOptions options) => Only(Math.Max(table.Names?.Length ?? 0, table.FieldCount),
        i => !others.Contains(i) && table.HoldsDates(i, options.TimeFormat ?? options.Known?.TimeFormat) && !IsLabel(i, options),
        Time, "--time-column");

    /// <summary>Whether a column is a label column, by options or by its name.</summary>
    public bool IsLabel(int column, DataFileOptions options) => ColumnNames.IsLabel(NameOf(column))
        || (_labels ??= [.. FindUsualLabels(options) ?? [], .. options.LabelColumn is { } name and not DataFileOptions.NoLabelColumn
            ? FindLabels(name, options.Labels)
            : []]).Contains(column);

    /// <summary>Returns the column named y, which in wide form is the label column if no other has a label name; from 0.</summary>
    public int? FindWeakLabel() => Only(i => table.Names![i].Equals("y", StringComparison.OrdinalIgnoreCase), Label, "--label-column");

    private int? Only(Predicate<int> isIt, string role, string option) => Only(table.Names?.Length ?? 0, isIt, role, option);

    private int? Only(int count, Predicate<int> isIt, string role, string option)
    {
        int[] found = [.. Enumerable.Range(0, count).Where(i => isIt(i))];
        return found.Length switch
        {
            0 => null,
            1 => found[0],
            _ => throw Error(
                $"both {table.Describe(found[0])} and {table.Describe(found[1])} could be {role}; name one ({option})"
                    + (role == Time ? ". A date and its time of day must be in one column." : ".")),
        };
    }

    /// <summary>Returns the name of a column: its header, else its number.</summary>
    public string NameOf(int column) => table.Names is { } names && column < names.Length && names[column].Length > 0
        ? names[column]
        : FormattableString.Invariant($"column {column + 1}");

    /// <summary>Returns the label column, by its name; from 0.</summary>
    /// <exception cref="DataFileException">Several columns have the name.</exception>
    public int? FindLabel() => Only(i => ColumnNames.IsLabel(table.Names![i]), Label, "--label-column");

    private int? FindName(string[] names, string name, StringComparison comparison, string role)
    {
        int first = Array.FindIndex(names, n => n.Equals(name, comparison));
        if (first < 0)
            return null;
        int second = Array.FindIndex(names, first + 1, n => n.Equals(name, comparison));
        if (second >= 0)
            throw Error($"{Quoted(name)} is given as {role}, and both {table.ColumnWord} {first + 1} and {table.ColumnWord} {second + 1} "
                + "have that name; give the column's number instead.");
        return first;
    }

    private string List()
    {
        if (table.Names is not { } names)
            return "no header";
        return "the columns " + string.Join(", ", names.Take(ListedNames))
            + (names.Length > ListedNames ? $", … ({names.Length} in all)" : "");
    }

    /// <summary>Creates an exception for options that do not match the header.</summary>
    public DataFileException Error(string problem) => table.ErrorOfColumns(problem);

    private bool Has(string name) => _names.Value.Find(name) is not null || _names.Value.IsAmbiguous.Contains(name);
}
