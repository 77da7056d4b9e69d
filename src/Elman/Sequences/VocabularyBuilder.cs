namespace Elman;

/// <summary>
/// Gathers the symbols of texts. What comes of it does not depend on the order in which they are met: symbols are sorted by the numbers of
/// their characters. Not for use by several threads at once.
/// </summary>
public sealed class VocabularyBuilder
{
    private readonly ClassIndex _symbols = new();
    private readonly List<long> _counts = [];

    /// <summary>Begins.</summary>
    /// <param name="tokens">How texts are divided into symbols.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such way.</exception>
    public VocabularyBuilder(TextTokens tokens)
    {
        if (!Enum.IsDefined(tokens))
            throw new ArgumentOutOfRangeException(nameof(tokens), tokens, "Not a way to split texts.");
        Tokens = tokens;
    }

    /// <summary>How texts are divided into symbols.</summary>
    public TextTokens Tokens { get; }

    /// <summary>Adds the symbols of a text, and gives their provisional numbers: <see cref="Build"/> says what becomes of each.</summary>
    /// <param name="text">The text.</param>
    /// <param name="numbers">Receives the numbers, from 0 in the order in which symbols are met.</param>
    /// <exception cref="ArgumentException">It has half of a surrogate pair, or more symbols than there may be, or one that is too
    /// long.</exception>
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

    /// <summary>The vocabulary of what was added.</summary>
    /// <param name="numbers">Of each provisional number the one in the vocabulary.</param>
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
