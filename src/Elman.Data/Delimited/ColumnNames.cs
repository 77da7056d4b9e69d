namespace Elman.Data;

/// <summary>Usual names of columns.</summary>
internal static class ColumnNames
{
    private static readonly string[] _ids =
    [
        "sequence", "series", "case", "unit", "subject", "patient", "session", "trial", "sample", "recording", "participant", "user",
    ];

    private static readonly string[] _times =
    [
        "time", "t", "step", "timestamp", "date", "datetime", "cycle", "frame", "tick", "timestep", "ds",
    ];

    private static readonly string[] _numbers =
    [
        "index", "idx", "row", "rowindex", "rownumber", "rownum", "rowno", "rowid", "no", "nr", "number", "num", "n", "i", "#", "record",
        "line", "count", "counter",
    ];

    private static readonly string[] _partsOfTime =
    [
        "year", "quarter", "month", "week", "day", "hour", "minute", "second", "seconds", "ms", "period", "ts", "jahr", "monat", "woche",
        "tag", "stunde", "zeit", "datum", "année", "mois", "jour", "heure", "año", "mes", "día", "hora", "fecha",
    ];

    private static readonly string[] _labels = ["label", "class", "target"];

    /// <summary>Rates how well a name matches an id column: 0 for no match, 3 for the best.</summary>
    public static int RankOfId(string name)
    {
        if (Is(name, "id"))
            return 3;
        if (_ids.Any(id => Is(name, id)))
            return 2;
        return IsSuffixed(name) ? 1 : 0;
    }

    /// <summary>Whether a name is that of a time column.</summary>
    public static bool IsTime(string name)
    {
        string bare = name.Replace("_", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal);
        int unit = bare.AsSpan().IndexOfAny('(', '[');
        return _times.Any(time => Is(unit > 0 ? bare[..unit] : bare, time));
    }

    /// <summary>Whether a name is that of a part of a date, or of a time column in another language; it may also be a value.</summary>
    public static bool IsPartOfTime(string name) => _partsOfTime.Any(part => Is(name, part));

    /// <summary>Whether a name is that of a label column.</summary>
    public static bool IsLabel(string name) => _labels.Any(label => Is(name, label));

    /// <summary>Whether a name is that of a row index, as in tables that were written with their index.</summary>
    public static bool IsRowIndex(string name) => name.Length == 0 || name.StartsWith("Unnamed: ", StringComparison.Ordinal)
        || name.StartsWith("__index_level_", StringComparison.Ordinal);

    /// <summary>Whether a name is that of row numbers, if the values count the rows.</summary>
    public static bool IsNumber(string name)
    {
        string bare = string.Concat(name.Where(c => c is not ('_' or ' ' or '-' or '.')));
        return _numbers.Any(number => Is(bare, number));
    }

    private static bool Is(string name, string common) => name.Equals(common, StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// Whether a name ends with <c>id</c> as a separate word, such as <c>series_id</c>, <c>series-id</c>, <c>series id</c> and
    /// <c>seriesId</c>.
    /// </summary>
    private static bool IsSuffixed(string name) => name.Length > 3
        && (name.EndsWith("_id", StringComparison.OrdinalIgnoreCase) || name.EndsWith("-id", StringComparison.OrdinalIgnoreCase)
            || name.EndsWith(" id", StringComparison.OrdinalIgnoreCase)
            || ((name.EndsWith("Id", StringComparison.Ordinal) || name.EndsWith("ID", StringComparison.Ordinal))
                && char.IsLower(name[^3])));
}
