using System.Globalization;

namespace Elman.Sequences;

/// <summary>Lists names in messages: of very many, the first ones and how many more there are.</summary>
internal static class NameList
{
    private const int Most = 100, Shown = 10;

    /// <summary>The names, separated by commas.</summary>
    public static string Of(IReadOnlyList<string> names) => names.Count <= Most
        ? string.Join(", ", names)
        : string.Create(CultureInfo.InvariantCulture, $"{string.Join(", ", names.Take(Shown))} and {names.Count - Shown:N0} more");
}
