namespace Elman.Data;

/// <summary>What columns are usually called.</summary>
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

    /// <summary>How surely a name is that of a column that tells sequences apart: 0 where it is not, 2 where it is just that.</summary>
    public static int RankOfId(string name)
    {
        if (Is(name, "id"))
            return 3;
        if (_ids.Any(id => Is(name, id)))
            return 2;
        return IsSuffixed(name) ? 1 : 0;
    }

    /// <summary>Whether a name is that of a column of times.</summary>
    public static bool IsTime(string name)
    {
        string bare = name.Replace("_", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal);
        int unit = bare.AsSpan().IndexOfAny('(', '[');
        return _times.Any(time => Is(unit > 0 ? bare[..unit] : bare, time));
    }

    /// <summary>Whether a name is that of a part of times, or of times in another language: it may be one of values, too.</summary>
    public static bool IsPartOfTime(string name) => _partsOfTime.Any(part => Is(name, part));

    /// <summary>Whether a name is that of a column of labels.</summary>
    public static bool IsLabel(string name) => _labels.Any(label => Is(name, label));

    /// <summary>Whether a name says that a column counts the rows, as tables that were written with their index have it.</summary>
    public static bool IsRowIndex(string name) => name.Length == 0 || name.StartsWith("Unnamed: ", StringComparison.Ordinal)
        || name.StartsWith("__index_level_", StringComparison.Ordinal);

    /// <summary>Whether a name is that of a column of row numbers, if it counts as they do.</summary>
    public static bool IsNumber(string name)
    {
        string bare = string.Concat(name.Where(c => c is not ('_' or ' ' or '-' or '.')));
        return _numbers.Any(number => Is(bare, number));
    }

    private static bool Is(string name, string common) => name.Equals(common, StringComparison.OrdinalIgnoreCase);

    /// <summary>Such as <c>series_id</c>, <c>series-id</c>, <c>series id</c> and <c>seriesId</c>.</summary>
    private static bool IsSuffixed(string name) => name.Length > 3
        && (name.EndsWith("_id", StringComparison.OrdinalIgnoreCase) || name.EndsWith("-id", StringComparison.OrdinalIgnoreCase)
            || name.EndsWith(" id", StringComparison.OrdinalIgnoreCase)
            || ((name.EndsWith("Id", StringComparison.Ordinal) || name.EndsWith("ID", StringComparison.Ordinal))
                && char.IsLower(name[^3])));
}
