namespace Elman.Cli.Reports;

/// <summary>Limits for tables and lists with very many classes.</summary>
internal static class ManyClasses
{
    /// <summary>Above this number, classes are not written out in full.</summary>
    public const int Most = 100;

    /// <summary>The number of rows a table of some of them has.</summary>
    public const int Rows = 20;

    /// <summary>The number of names a list of some of them has.</summary>
    private const int Names = 10;

    /// <summary>All names, or with very many names the first ones and the number of the others.</summary>
    public static string List(IReadOnlyList<string> names) => names.Count <= Most
        ? string.Join(", ", names)
        : $"{string.Join(", ", names.Take(Names))} and {Figures.Count(names.Count - Names)} more";
}
