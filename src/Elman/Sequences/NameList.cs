using System.Globalization;

namespace Elman.Sequences;

/// <summary>Formats lists of names for messages; a long list is shortened to the first names and the number of the others.</summary>
internal static class NameList
{
    private const int Most = 100, First = 10;

    /// <summary>Returns the names, separated by commas.</summary>
    public static string Of(IReadOnlyList<string> names) => names.Count <= Most
        ? Joined(names)
        : string.Create(CultureInfo.InvariantCulture, $"{Joined(names.Take(First))} and {names.Count - First:N0} more");

    private static string Joined(IEnumerable<string> names) => string.Join(", ", names.Select(Shown));
}
