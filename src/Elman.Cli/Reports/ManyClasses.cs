namespace Elman.Cli.Reports;

/// <summary>Limits for tables and lists with very many classes.</summary>
internal static class ManyClasses
{
    /// <summary>The maximum number of classes that are listed in full.</summary>
    public const int Most = 100;

    /// <summary>The number of rows of a shortened table.</summary>
    public const int Rows = 20;

    /// <summary>The number of names of a shortened list.</summary>
    private const int Names = 10;

    /// <summary>Returns all names, or, if there are very many, the first ones and the number of the others.</summary>
    public static string List(IReadOnlyList<string> names) => names.Count <= Most
        ? string.Join(", ", names.Select(Shown))
        : $"{string.Join(", ", names.Take(Names).Select(Shown))} and {Figures.Count(names.Count - Names)} more";
}
