namespace Elman.Sequences;

/// <summary>A channel whose values are symbols, and the size of its table of vectors, <c>[V, E]</c>.</summary>
/// <param name="Channel">The channel, counted from 1 as in messages.</param>
/// <param name="Symbols">The number of symbols, V: the integers from 0 to V − 1.</param>
/// <param name="Size">The size of a vector, E.</param>
internal readonly record struct SymbolTable(int Channel, int Symbols, int Size)
{
    /// <summary>The maximum number of symbols of a channel: a <see langword="float"/> represents all of them exactly.</summary>
    public const int MaxSymbols = 1 << 20;

    /// <summary>The description of the symbols in messages.</summary>
    public string Known => Symbols == 1 ? "the symbol 0 alone" : FormattableString.Invariant($"the symbols 0 … {Symbols - 1}");

    /// <summary>Whether a value is one of the symbols.</summary>
    public bool Has(float value) => value >= 0 && value < Symbols && value == MathF.Truncate(value);
}
