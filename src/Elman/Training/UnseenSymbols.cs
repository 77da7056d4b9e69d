using Elman.Models;
using Elman.Sequences;

namespace Elman.Training;

/// <summary>
/// Assigns the vector of the unknown symbol to text symbols that do not occur in training, such as those of a held-out fold, because their
/// vectors still have their random initial values.
/// </summary>
internal static class UnseenSymbols
{
    /// <summary>Copies the vectors.</summary>
    /// <param name="model">The model.</param>
    /// <param name="seen">The counts of the symbols in the training data.</param>
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
