using System.Globalization;

namespace Elman.Data;

/// <summary>Gathers what is noticed while a file is read and may be a misreading.</summary>
internal sealed class Remarks
{
    /// <summary>Of one kind no more are told: a file may have the same peculiarity in every row.</summary>
    private const int MostOfAKind = 3;

    /// <summary>Of sentences that are told once no more are kept: a file may have another of them in every row.</summary>
    private const int MostOnce = 20;

    private const string Further = "things that are passed over";

    private readonly List<string> _texts = [];
    private readonly HashSet<string> _once = [];
    private readonly Dictionary<string, int> _counts = [];

    /// <summary>The sentences, in the order in which they came up.</summary>
    public IReadOnlyList<string> Texts =>
        [.. _texts,
            .. _counts.Where(kind => kind.Value > MostOfAKind).Select(kind => $"{kind.Value - MostOfAKind} more of the same: {kind.Key}.")];

    /// <summary>Adds a sentence.</summary>
    /// <param name="kind">What its kind is called where there are too many of it, such as <c>gaps in time</c>.</param>
    /// <param name="text">The sentence.</param>
    public void Add(string kind, string text)
    {
        int count = _counts[kind] = _counts.GetValueOrDefault(kind) + 1;
        if (count <= MostOfAKind)
            _texts.Add(text);
    }

    /// <summary>Adds a sentence, unless it was added before.</summary>
    /// <param name="text">The sentence.</param>
    /// <param name="line">The line that stands for <c>{0}</c> in it.</param>
    public void AddOnce(string text, long line = 0)
    {
        if (_once.Count < MostOnce && _once.Add(text))
            _texts.Add(text.Replace("{0}", line.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal));
        else if (!_once.Contains(text))
            _counts[Further] = _counts.GetValueOrDefault(Further, MostOfAKind) + 1;
    }
}
