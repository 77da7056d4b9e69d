using Elman.Sequences;

namespace Elman;

/// <summary>
/// The symbols of a channel of text, such as characters, words or events, each with a number, which is the channel's value in the data.
/// Immutable.
/// </summary>
/// <remarks>
/// The first symbol has the number 1. <see cref="Unknown"/>, 0, stands for every symbol that is not listed: a model is also trained on it,
/// since rare symbols of the training data are replaced by it at random.
/// </remarks>
public sealed class Vocabulary
{
    /// <summary>The number of every symbol that is not listed.</summary>
    public const int Unknown = 0;

    /// <summary>The maximum number of symbols.</summary>
    public const int MaxSymbols = SymbolTable.MaxSymbols - 1;

    /// <summary>The maximum length of a symbol in UTF-16 code units.</summary>
    public const int MaxLength = 1 << 16;

    private readonly Dictionary<string, int> _numbers;

    /// <summary>Creates a vocabulary from its symbols.</summary>
    /// <param name="tokens">The kind of symbols into which texts are split.</param>
    /// <param name="symbols">The symbols, each listed once; the first has the number 1.</param>
    /// <param name="counts">The count of each symbol in the data from which the vocabulary was built, at least 0.</param>
    /// <exception cref="ArgumentException">There are more than <see cref="MaxSymbols"/> symbols, a symbol is listed twice, is longer than
    /// <see cref="MaxLength"/> or is not of the kind <paramref name="tokens"/>, or the number of counts differs.</exception>
    public Vocabulary(TextTokens tokens, IEnumerable<string> symbols, IEnumerable<long> counts)
    {
        ArgumentNullException.ThrowIfNull(symbols);
        ArgumentNullException.ThrowIfNull(counts);
        if (!Enum.IsDefined(tokens))
            throw new ArgumentOutOfRangeException(nameof(tokens), tokens, "Not a way to split texts.");
        (Tokens, Symbols, Counts) = (tokens, [.. symbols], [.. counts]);
        if (Symbols.Count > MaxSymbols)
            throw new ArgumentException(FormattableString.Invariant(
                $"A vocabulary has {Symbols.Count} symbols; there may be at most {MaxSymbols}."), nameof(symbols));
        if (Counts.Count != Symbols.Count || Counts.Any(count => count < 0))
            throw new ArgumentException(FormattableString.Invariant(
                $"A vocabulary of {Symbols.Count} symbols has {Counts.Count} counts; each needs one, of at least 0."), nameof(counts));
        _numbers = new Dictionary<string, int>(Symbols.Count, StringComparer.Ordinal);
        foreach (string? symbol in Symbols)
        {
            if (symbol is null || symbol.Length > MaxLength || !TextSplitter.IsSymbol(symbol, tokens))
                throw new ArgumentException($"{Shown(symbol)} can't be in a vocabulary of {tokens.ToString().ToLowerInvariant()}.",
                    nameof(symbols));
            if (!_numbers.TryAdd(symbol, _numbers.Count + 1))
                throw new ArgumentException($"{Shown(symbol)} is in the vocabulary twice.", nameof(symbols));
        }
    }

    /// <summary>The kind of symbols into which texts are split.</summary>
    public TextTokens Tokens { get; }

    /// <summary>The symbols, in the order of their numbers.</summary>
    public IReadOnlyList<string> Symbols { get; }

    /// <summary>The count of each symbol in the data from which the vocabulary was built.</summary>
    public IReadOnlyList<long> Counts { get; }

    /// <summary>Returns the number of a symbol; <see cref="Unknown"/> if it is not listed.</summary>
    /// <param name="symbol">The symbol.</param>
    public int NumberOf(string symbol) => _numbers.GetValueOrDefault(symbol, Unknown);

    /// <summary>Splits a text into its symbols, in order, whether they are listed or not.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="ArgumentException">The text has half of a surrogate pair, which is not a character.</exception>
    public IReadOnlyList<string> Split(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return [.. TextSplitter.Split(text, Tokens)];
    }

    /// <summary>Returns the numbers of the symbols of a text, in order.</summary>
    /// <inheritdoc cref="Split"/>
    public float[] Encode(string text) => [.. Split(text).Select(symbol => (float)NumberOf(symbol))];

    /// <summary>Whether it has the same symbols in the same order as another one, and the same kind of symbols.</summary>
    internal bool HasSymbolsOf(Vocabulary other) =>
        ReferenceEquals(this, other) || (Tokens == other.Tokens && Symbols.SequenceEqual(other.Symbols, StringComparer.Ordinal));

    private static string Shown(string? symbol) => symbol switch
    {
        null => "null",
        { Length: > 40 } => $"'{symbol[..40]}…'",
        _ => Quoted(symbol),
    };
}
