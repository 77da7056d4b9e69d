namespace Elman.Cli.Reports;

/// <summary>What becomes of tables and lists of classes where there are very many: people get the most telling ones.</summary>
internal static class ManyClasses
{
    /// <summary>More are not written out in full.</summary>
    public const int Most = 100;

    /// <summary>How many rows a table of some of them has.</summary>
    public const int Rows = 20;

    /// <summary>How many names a list of some of them has.</summary>
    private const int Names = 10;

    /// <summary>All names, or where there are very many the first ones and how many more there are.</summary>
    public static string List(IReadOnlyList<string> names) => names.Count <= Most
        ? string.Join(", ", names)
        : $"{string.Join(", ", names.Take(Names))} and {Figures.Count(names.Count - Names)} more";
}
