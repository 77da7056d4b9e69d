namespace Elman.Data;

/// <summary>Gathers what is noticed while a file is read and may be a misreading.</summary>
internal sealed class Remarks
{
    /// <summary>Of one kind no more are told: a file may have the same peculiarity in every row.</summary>
    private const int MostOfAKind = 3;

    private readonly List<string> _texts = [];
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
}
