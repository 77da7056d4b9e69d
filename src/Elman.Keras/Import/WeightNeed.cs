using Elman.Keras.Configuration;

namespace Elman.Keras.Import;

/// <summary>The arrays that a layer must have.</summary>
/// <param name="Layer">The layer in the chain.</param>
/// <param name="Path">The path of the group below that of the layer; empty for the layer itself.</param>
/// <param name="IsBFloat">Whether two bytes without a type are a bfloat16.</param>
/// <param name="Shapes">The shapes of its arrays 0, 1, ….</param>
internal sealed record WeightNeed(KerasLayer Layer, string Path, bool IsBFloat, params IReadOnlyList<long[]> Shapes)
{
    /// <summary>Returns the arrays of every layer of a model that has weights.</summary>
    public static IEnumerable<WeightNeed> Of(ModelPlan plan)
    {
        if (plan.Embedding is { } embedding)
            yield return Of(embedding.Layer, "", [embedding.Symbols, embedding.Size]);
        if (plan.Normalization is { } normalization && normalization.Find("mean") is null)
        {
            long[] shape = NormalizationPlan.IsScalar(normalization) ? [] : [plan.Channels];
            yield return Of(normalization, "", shape, shape, []); // the mean, the variance, a count
        }
        for (int layer = 0; layer < plan.Recurrent.Count; layer++)
            foreach ((string path, string _) in plan.Recurrent[layer].Directions)
                yield return Of(plan.Recurrent[layer].Layer, path, ShapesOf(plan.Recurrent[layer], plan.InputsOf(layer)));
        OutputPlan output = plan.Output;
        long[] kernel = [plan.Recurrent[^1].Width, output.Units];
        yield return Of(output.Layer, output.Path, output.UseBias ? [kernel, [output.Units]] : [kernel]);
    }

    private static WeightNeed Of(KerasLayer layer, string path, params IReadOnlyList<long[]> shapes) =>
        new(layer, path, layer.Policy.IsBFloat, shapes);

    private static long[][] ShapesOf(RecurrentPlan plan, int inputs)
    {
        int gates = plan.Cell switch
        {
            LstmOptions => 4,
            GruOptions => 3,
            _ => 1,
        };
        long columns = (long)gates * plan.Units;
        long[] bias = plan.Cell is GruOptions { GruReset: GruReset.After } ? [2, columns] : [columns];
        long[][] matrices = [[inputs, columns], [plan.Units, columns]];
        return plan.UseBias ? [.. matrices, bias] : matrices;
    }
}
