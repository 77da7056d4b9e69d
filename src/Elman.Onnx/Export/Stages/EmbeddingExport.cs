using Elman.Sequences;

namespace Elman.Onnx.Export.Stages;

/// <summary>The vectors of symbols and of n-grams, as in <c>EmbeddingLayer</c>.</summary>
internal static class EmbeddingExport
{
    /// <summary>Writes the layer.</summary>
    /// <param name="writer">The member.</param>
    /// <param name="steps">The values, floats: symbols are whole numbers.</param>
    public static StepsOfSequences Write(MemberWriter writer, StepsOfSequences steps)
    {
        Graph graph = writer.Graph;
        SymbolTables tables = writer.Spec.Symbols;
        int perChannel = writer.Spec.Stages.Ngrams?.PerChannel ?? 0, firstRow = steps.Width - (perChannel * tables.Count);
        long[] numbers = [.. Enumerable.Range(0, firstRow).Where(c => !tables.Include(c + 1)).Select(c => (long)c)];
        var parts = new List<Value>();
        if (numbers.Length > 0)
            parts.Add(graph.Gather(steps.Values, graph.List(numbers), 2));
        for (int i = 0; i < tables.Count; i++)
        {
            string name = FormattableString.Invariant($"embedding.{tables[i].Channel}");
            Value vector = graph.Gather(writer.Weights($"{name}.w"), IndexAt(tables[i].Channel - 1), 0);
            Value ngrams = perChannel > 0 ? writer.Weights($"{name}.ngrams") : Value.None;
            for (int which = 0; which < perChannel; which++)
            {
                Value row = IndexAt(firstRow + (i * perChannel) + which);
                Value found = graph.Gather(ngrams, graph.Maximum(row, graph.Scalar(0L)), 0);
                Value isKnown = graph.Unsqueeze(graph.Greater(row, graph.Scalar(-1L)), 2);
                vector = graph.Add(vector, graph.Where(isKnown, found, graph.Scalar(0f)));
            }
            parts.Add(vector);
        }
        return steps.With(graph.Join(2, [.. parts]), checked((int)tables.InputsOf(firstRow)));

        Value IndexAt(int place) => graph.ToInteger(graph.Gather(steps.Values, graph.Scalar((long)place), 2)); // [T, B]
    }
}
