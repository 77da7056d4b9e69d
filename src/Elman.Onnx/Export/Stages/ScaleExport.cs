using System.Collections.Immutable;

namespace Elman.Onnx.Export.Stages;

/// <summary>The scale of each sequence, as in <c>ScaleStage</c>: mean 0 and deviation 1 over its own steps.</summary>
internal static class ScaleExport
{
    /// <summary>A deviation below this share of the mean, or below the least one, is a rounding error: see <c>Moments</c>.</summary>
    private const double Rounding = 1e-9, LeastDeviation = 1e-30;

    /// <summary>Writes the stage.</summary>
    /// <param name="writer">The member.</param>
    /// <param name="steps">The values.</param>
    /// <param name="quantities">For each value whether it is a quantity, which is scaled.</param>
    public static StepsOfSequences Write(MemberWriter writer, StepsOfSequences steps, ImmutableArray<bool> quantities)
    {
        Graph graph = writer.Graph;
        Value mask = writer.MaskOf(steps);
        Value count = graph.ToDouble(graph.Maximum(graph.Unsqueeze(steps.Lengths, 1), graph.Scalar(1L))); // [B, 1]
        // Relative to the first step: then equal values have no rounding error at all.
        Value first = graph.Slice(steps.Values, 0, 0, 1);
        Value relative = graph.Subtract(steps.Values, first);
        Value mean = graph.Divide(graph.Sum(graph.Where(mask, relative, graph.Scalar(0.0)), 0), count); // [B, F]
        Value centred = graph.Subtract(relative, mean);
        Value squares = graph.Where(mask, graph.Multiply(centred, centred), graph.Scalar(0.0));
        Value deviation = graph.SquareRoot(graph.Divide(graph.Sum(squares, 0), count));
        Value least = graph.Maximum(
            graph.Multiply(graph.Absolute(graph.Add(graph.Squeeze(first, 0), mean)), graph.Scalar(Rounding)), graph.Scalar(LeastDeviation));
        Value varies = graph.Greater(deviation, least);
        Value scaled = graph.Where(
            varies, graph.Divide(centred, graph.Where(varies, deviation, graph.Scalar(1.0))), graph.Scalar(0.0));
        if (quantities.All(isQuantity => isQuantity))
            return steps with { Values = scaled };
        Value isQuantity = graph.Greater(graph.List([.. quantities.Select(one => one ? 1L : 0)]), graph.Scalar(0L));
        return steps with { Values = graph.Where(isQuantity, scaled, steps.Values) };
    }
}
