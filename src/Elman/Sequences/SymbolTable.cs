namespace Elman.Sequences;

/// <summary>A channel whose values are symbols, and the table that has a vector for each, <c>[V, E]</c>.</summary>
/// <param name="Channel">The channel, counted from 1 as in messages.</param>
/// <param name="Symbols">Their number, V: the whole numbers from 0 to V − 1.</param>
/// <param name="Size">Numbers of a vector, E.</param>
internal readonly record struct SymbolTable(int Channel, int Symbols, int Size)
{
    /// <summary>The maximum number of symbols of a channel: a <see langword="float"/> tells all of them apart.</summary>
    public const int MaxSymbols = 1 << 20;

    /// <summary>The symbols, as a sentence names them.</summary>
    public string Known => Symbols == 1 ? "the symbol 0 alone" : FormattableString.Invariant($"the symbols 0 … {Symbols - 1}");

    /// <summary>Whether a value is one of the symbols.</summary>
    public bool Has(float value) => value >= 0 && value < Symbols && value == MathF.Truncate(value);
}
