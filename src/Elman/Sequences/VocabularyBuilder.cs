namespace Elman;

/// <summary>
/// Builds a vocabulary from texts. The result does not depend on the order of the texts: symbols are sorted by code units. Not thread-safe.
/// </summary>
public sealed class VocabularyBuilder
{
    private readonly ClassIndex _symbols = new();
    private readonly List<long> _counts = [];

    /// <summary>Creates an empty builder.</summary>
    /// <param name="tokens">The kind of symbols into which texts are split.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="tokens"/> is not a defined value.</exception>
    public VocabularyBuilder(TextTokens tokens)
    {
        if (!Enum.IsDefined(tokens))
            throw new ArgumentOutOfRangeException(nameof(tokens), tokens, "Not a way to split texts.");
        Tokens = tokens;
    }

    /// <summary>The kind of symbols into which texts are split.</summary>
    public TextTokens Tokens { get; }

    /// <summary>Adds the symbols of a text, and returns their provisional numbers; <see cref="Build"/> maps these to the final
    /// ones.</summary>
    /// <param name="text">The text.</param>
    /// <param name="numbers">Receives the numbers, from 0 in the order of first occurrence.</param>
    /// <exception cref="ArgumentException">The text has half of a surrogate pair, or a symbol that is too long, or there are too many
    /// symbols.</exception>
    public void Add(string text, IList<float> numbers)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(numbers);
        foreach (string symbol in Sequences.TextSplitter.Split(text, Tokens))
        {
            if (symbol.Length > Vocabulary.MaxLength)
                throw new ArgumentException(FormattableString.Invariant(
                    $"The symbol '{symbol[..40]}…' has {symbol.Length} characters; there may be at most {Vocabulary.MaxLength}."),
                    nameof(text));
            int number = _symbols.Add(symbol);
            if (number == Vocabulary.MaxSymbols)
                throw new ArgumentException(FormattableString.Invariant(
                    $"There are more than {Vocabulary.MaxSymbols} different symbols. Split the texts into characters, or use fewer texts."),
                    nameof(text));
            if (number == _counts.Count)
                _counts.Add(0);
            _counts[number]++;
            numbers.Add(number);
        }
    }

    /// <summary>Creates the vocabulary of the texts added so far.</summary>
    /// <param name="numbers">For each provisional number, the number in the vocabulary.</param>
    public Vocabulary Build(out IReadOnlyList<int> numbers)
    {
        int[] order = [.. Enumerable.Range(0, _counts.Count)];
        Array.Sort(order, (a, b) => string.CompareOrdinal(_symbols.Labels[a], _symbols.Labels[b]));
        int[] final = new int[order.Length];
        for (int i = 0; i < order.Length; i++)
            final[order[i]] = i + 1;
        numbers = final;
        return new Vocabulary(Tokens, order.Select(i => _symbols.Labels[i]), order.Select(i => _counts[i]));
    }
}
