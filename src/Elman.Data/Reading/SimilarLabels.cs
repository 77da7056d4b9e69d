namespace Elman.Data;

/// <summary>Finds classes that were probably meant as one: their names differ only in case or blanks.</summary>
internal static class SimilarLabels
{
    private const int Shown = 3;

    /// <summary>Returns a sentence for each such pair; if there are many, for the first ones.</summary>
    public static IEnumerable<string> Report(IEnumerable<string> labels)
    {
        string[][] groups = [.. labels.GroupBy(Bare).Where(group => group.Count() > 1).Select(group => group.ToArray())];
        foreach (string[] names in groups.Take(Shown))
            yield return $"The labels {string.Join(" and ", names.Select(Quoted))} differ only in case or spaces and are "
                + $"read as {(names.Length == 2 ? "two" : $"{names.Length}")} classes; use one spelling if they are one class.";
        if (groups.Length > Shown)
            yield return $"{groups.Length - Shown} more warnings of this kind: labels that differ only in case or spaces.";
    }

    private static string Bare(string label) => string.Concat(label.Where(c => !char.IsWhiteSpace(c))).ToUpperInvariant();
}
