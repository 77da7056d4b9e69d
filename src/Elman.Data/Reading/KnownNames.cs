namespace Elman.Data;

/// <summary>
/// Finds names: by an exact match first, then without regard to case if the match is unique. A model's channels are matched with the
/// columns of a file in this way, as the estimators match the channels of data.
/// </summary>
internal sealed class KnownNames
{
    private readonly Dictionary<string, int> _exact, _similar;

    /// <summary>Creates the index of names, some of which may occur twice.</summary>
    public KnownNames(IReadOnlyList<string> names)
    {
        _exact = new Dictionary<string, int>(names.Count, StringComparer.Ordinal);
        _similar = new Dictionary<string, int>(names.Count, StringComparer.OrdinalIgnoreCase);
        for (int i = 0; i < names.Count; i++)
        {
            _exact.TryAdd(names[i], i);
            if (!_similar.TryAdd(names[i], i))
                IsAmbiguous.Add(names[i]);
        }
    }

    /// <summary>The names that occur more than once, apart from upper and lower case.</summary>
    public HashSet<string> IsAmbiguous { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Returns the position of a name, or the first one if it occurs twice; <see langword="null"/> if there is none, or if it is ambiguous.
    /// </summary>
    public int? Find(string name) =>
        _exact.TryGetValue(name, out int exact) ? exact
        : _similar.TryGetValue(name, out int similar) && !IsAmbiguous.Contains(name) ? similar : null;

    /// <summary>Returns the positions of several names, all different.</summary>
    public int?[] FindAll(IReadOnlyList<string> names)
    {
        var others = new KnownNames(names);
        // The position of an exact match is not available to other names.
        var taken = names.Where(_exact.ContainsKey).Select(name => _exact[name]).ToHashSet();
        return [.. names.Select(name => _exact.TryGetValue(name, out int exact) ? exact
            : Find(name) is { } similar && !others.IsAmbiguous.Contains(name) && !taken.Contains(similar) ? similar
            : (int?)null)];
    }
}
