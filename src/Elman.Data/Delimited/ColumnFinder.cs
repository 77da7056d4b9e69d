namespace Elman.Data;

/// <summary>Finds the columns that options or common names mean.</summary>
internal sealed class ColumnFinder(Table table, string path)
{
    /// <summary>What messages call the column that tells sequences apart.</summary>
    public const string Id = "the id column";

    /// <summary>What messages call the column that orders the steps.</summary>
    public const string Time = "the time column";

    /// <summary>What messages call the column of the class.</summary>
    public const string Label = "the label column";

    /// <summary>What messages call a column of values.</summary>
    public const string Channel = "a channel";

    private const int ListedNames = 12;

    /// <summary>The column that an option names, by header or by number; from 0.</summary>
    /// <param name="column">The header or the number, from 1.</param>
    /// <param name="role">What the column is to be, such as <see cref="Id"/>.</param>
    /// <exception cref="DataFileException">There is no such column, or more than one.</exception>
    public int Find(string column, string role)
    {
        if (table.Names is { } names)
        {
            if (FindName(names, column, StringComparison.Ordinal, role) is { } exact)
                return exact;
            if (FindName(names, column, StringComparison.OrdinalIgnoreCase, role) is { } similar)
                return similar;
        }
        if (Header.Number(column) is not { } number)
            throw Error($"there is no column '{column}', given as {role}; the file has {List()}.");
        // Without a header, rows may be longer than the first one.
        if (number < 1 || (table.Names is not null && number > table.Names.Length))
            throw Error($"there is no column {number}, given as {role}; columns count from 1, and the file has {List()}.");
        return number - 1;
    }

    /// <summary>The columns that an option names as those of labels, separated by commas where labels are numbers.</summary>
    /// <exception cref="DataFileException">There is no such column, more than one, or one is named twice.</exception>
    public int[] FindLabels(string names, LabelKind kind)
    {
        bool mayBeMany = kind == LabelKind.Numbers || (kind == LabelKind.Any && !Has(names));
        int[] found = [.. (mayBeMany ? names.Split(',', StringSplitOptions.TrimEntries) : [names]).Select(name => Find(name, Label))];
        return found.Distinct().Count() == found.Length ? found : throw Error($"'{names}' names a label column twice; name every column once.");
    }

    /// <summary>The columns of labels where none are named by an option: those that are usual, if the header names all of them; else <see langword="null"/>.</summary>
    public int[]? FindUsualLabels(DataFileOptions options) =>
        options.UsualLabelColumn is { } usual && (Has(usual) || usual.Split(',', StringSplitOptions.TrimEntries).All(Has)) ? FindLabels(usual, options.Labels) : null;

    /// <summary>What a column is called: by its header, else by its number.</summary>
    public string NameOf(int column) => table.Names is { } names && column < names.Length && names[column].Length > 0 ? names[column] : FormattableString.Invariant($"column {column + 1}");

    /// <summary>The column that has one of some common names, in any case, or <see langword="null"/>; from 0.</summary>
    /// <param name="common">The names.</param>
    /// <param name="role">What the column is to be, such as <see cref="Id"/>.</param>
    /// <exception cref="DataFileException">More than one column has.</exception>
    public int? FindCommon(ReadOnlySpan<string> common, string role)
    {
        int? found = null;
        for (int i = 0; i < table.Names?.Length; i++)
        {
            foreach (string name in common)
            {
                if (!name.Equals(table.Names[i], StringComparison.OrdinalIgnoreCase))
                    continue;
                if (found is { } first)
                    throw Error($"both {table.Describe(first)} and {table.Describe(i)} could be {role}; say which one is.");
                found = i;
            }
        }
        return found;
    }

    private int? FindName(string[] names, string name, StringComparison comparison, string role)
    {
        int first = Array.FindIndex(names, n => n.Equals(name, comparison));
        if (first < 0)
            return null;
        int second = Array.FindIndex(names, first + 1, n => n.Equals(name, comparison));
        if (second >= 0)
            throw Error($"'{name}' is given as {role}, and both field {first + 1} and field {second + 1} are called so; give the column's number instead.");
        return first;
    }

    private string List()
    {
        if (table.Names is not { } names)
            return "no header";
        return "the columns " + string.Join(", ", names.Take(ListedNames)) + (names.Length > ListedNames ? $", … ({names.Length} in all)" : "");
    }

    /// <summary>An error in how options and header fit together.</summary>
    public DataFileException Error(string problem) => new(path, problem, table.Line);

    private bool Has(string name) => table.Names?.Contains(name, StringComparer.OrdinalIgnoreCase) == true;
}
