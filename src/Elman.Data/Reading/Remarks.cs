using System.Globalization;

namespace Elman.Data;

/// <summary>Collects warnings about possible misreadings while a file is read.</summary>
internal sealed class Remarks
{
    /// <summary>Maximum number of warnings of a kind: a file may have the same problem in every row.</summary>
    private const int MostOfAKind = 3;

    /// <summary>Maximum number of one-time warnings: a file may have a different one in every row.</summary>
    private const int MostOnce = 20;

    private const string Further = "things that are ignored";

    private readonly List<string> _texts = [];
    private readonly HashSet<string> _once = [];
    private readonly Dictionary<string, int> _counts = [];

    /// <summary>The warnings, in the order in which they were added.</summary>
    public IReadOnlyList<string> Texts =>
        [.. _texts,
            .. _counts.Where(kind => kind.Value > MostOfAKind).Select(kind => $"{kind.Value - MostOfAKind} more warnings of this kind: "
                + $"{kind.Key}.")];

    /// <summary>Adds a warning.</summary>
    /// <param name="kind">The name of its kind for the message that there are more of it, such as <c>gaps in time</c>.</param>
    /// <param name="text">The sentence.</param>
    public void Add(string kind, string text)
    {
        int count = _counts[kind] = _counts.GetValueOrDefault(kind) + 1;
        if (count <= MostOfAKind)
            _texts.Add(text);
    }

    /// <summary>Adds a warning, unless it was added before.</summary>
    /// <param name="text">The sentence.</param>
    /// <param name="line">The line number that replaces <c>{0}</c> in it.</param>
    public void AddOnce(string text, long line = 0)
    {
        if (_once.Count < MostOnce && _once.Add(text))
            _texts.Add(text.Replace("{0}", line.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal));
        else if (!_once.Contains(text))
            _counts[Further] = _counts.GetValueOrDefault(Further, MostOfAKind) + 1;
    }
}
