using Elman.Models;
using Elman.Sequences;

namespace Elman.Training;

/// <summary>
/// Gives symbols of text that training never meets, such as those of a fold that is left out, the vector of the unknown: theirs is still
/// the one that was drawn.
/// </summary>
internal static class UnseenSymbols
{
    /// <summary>Copies the vectors.</summary>
    /// <param name="model">The model.</param>
    /// <param name="seen">How often training meets each symbol.</param>
    public static void Settle(SequenceModel<float> model, SymbolDropout seen)
    {
        for (int t = 0; t < model.Spec.Symbols.Count; t++)
        {
            SymbolTable table = model.Spec.Symbols[t];
            if (seen.Counts[table.Channel - 1] is not { } counts)
                continue;
            Span<float> vectors = model.Values.Span(model.Embedding!.Tables[t]);
            ReadOnlySpan<float> unknown = vectors[..table.Size];
            for (int symbol = 1; symbol < counts.Length; symbol++)
                if (counts[symbol] == 0)
                    unknown.CopyTo(vectors.Slice(symbol * table.Size, table.Size));
        }
    }
}
