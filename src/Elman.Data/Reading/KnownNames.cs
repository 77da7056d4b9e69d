namespace Elman.Data;

/// <summary>
/// Finds names: letter by letter first, then without regard to case where only one of the others is meant. A model's channels and the
/// columns of a file are matched so, as the estimators match the channels of data.
/// </summary>
internal sealed class KnownNames
{
    private readonly Dictionary<string, int> _exact, _similar;

    /// <summary>Names to find, of which some may be there twice.</summary>
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

    /// <summary>Names that are there more than once except their case.</summary>
    public HashSet<string> IsAmbiguous { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// The place of a name, the first if it is there twice; <see langword="null"/> if there is none, or it can't be determined which is
    /// meant.
    /// </summary>
    public int? Find(string name) =>
        _exact.TryGetValue(name, out int exact) ? exact
        : _similar.TryGetValue(name, out int similar) && !IsAmbiguous.Contains(name) ? similar : null;

    /// <summary>The positions of several names, all different.</summary>
    public int?[] FindAll(IReadOnlyList<string> names)
    {
        var others = new KnownNames(names);
        // A name that is meant letter by letter by one is not meant by another.
        var taken = names.Where(_exact.ContainsKey).Select(name => _exact[name]).ToHashSet();
        return [.. names.Select(name => _exact.TryGetValue(name, out int exact) ? exact
            : Find(name) is { } similar && !others.IsAmbiguous.Contains(name) && !taken.Contains(similar) ? similar
            : (int?)null)];
    }
}
