using System.Globalization;

namespace Elman.Sequences;

/// <summary>Formats lists of names for messages; a long list is shortened to the first names and the number of the others.</summary>
internal static class NameList
{
    private const int Most = 100, Shown = 10;

    /// <summary>Returns the names, separated by commas.</summary>
    public static string Of(IReadOnlyList<string> names) => names.Count <= Most
        ? string.Join(", ", names)
        : string.Create(CultureInfo.InvariantCulture, $"{string.Join(", ", names.Take(Shown))} and {names.Count - Shown:N0} more");
}
