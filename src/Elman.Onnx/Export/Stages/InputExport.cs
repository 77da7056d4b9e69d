using System.Collections.Immutable;
using Elman.Onnx.Protocol;
using Elman.Sequences;
using Elman.Sequences.Stages;

namespace Elman.Onnx.Export.Stages;

/// <summary>The preprocessing of a member: from the values of the data to the inputs of its network.</summary>
internal static class InputExport
{
    /// <summary>Writes all stages, in their order, and the vectors of symbols.</summary>
    /// <param name="writer">The member.</param>
    /// <param name="steps">The values of the data, as doubles.</param>
    /// <param name="counts">For each step of the data how many are taken up to it, <c>[T, B]</c>; not given if all are.</param>
    /// <returns>The inputs of the first layer, floats.</returns>
    public static StepsOfSequences Write(MemberWriter writer, StepsOfSequences steps, out Value counts)
    {
        Preprocessing preprocessing = writer.Member.Preprocessing;
        InputStages stages = preprocessing.Stages;
        ImmutableArray<bool> quantities = [.. Enumerable.Range(1, steps.Width).Select(c => !writer.Spec.Symbols.Include(c))];
        writer.Begin("input");
        counts = Value.None;
        if (preprocessing.Missing == MissingValues.Mask)
            (steps, counts) = MaskExport.Write(writer, steps);
        CountSteps(writer);
        steps = MissingExport.Write(writer, steps);
        quantities = [.. quantities, .. new bool[steps.Width - quantities.Length]]; // indicators
        if (stages.ScaleSequences)
            steps = ScaleExport.Write(writer, steps, quantities);
        if (stages.Differences > 0)
        {
            steps = DifferenceExport.Write(writer, steps, stages.Differences, stages.DifferencesAlone, quantities);
            quantities = [.. quantities, .. Enumerable.Repeat(true, steps.Width - quantities.Length)];
        }
        if (stages.Ngrams is { } ngrams)
        {
            if (writer.Graph.Opset < NgramOpset)
                throw new NotSupportedException(FormattableString.Invariant(
                    $"n-grams need operators of opset {NgramOpset}; export with a newer opset than {writer.Graph.Opset}"));
            steps = new NgramExport(writer, ngrams).Write(steps, quantities);
        }
        if (stages.Patch > 0)
            steps = new PatchExport(writer, stages.Patch).Write(steps);
        if (preprocessing.Standardization is { } standardization)
            steps = steps.With(Standardized(writer.Graph, steps, standardization), steps.Width);
        steps = steps.With(writer.Graph.ToFloat(steps.Values), steps.Width);
        return writer.Spec.Symbols.Count == 0 ? steps : EmbeddingExport.Write(writer, steps);
    }

    /// <summary>The version that introduced operators on bits.</summary>
    private const int NgramOpset = 18;

    /// <summary>On a stream, counts the steps that were taken.</summary>
    private static void CountSteps(MemberWriter writer)
    {
        if (writer.States is not { } states)
            return;
        writer.Taken = states.Before("steps", 1, TensorProto.Types.DataType.Int64);
        writer.DataStepsTaken = writer.Taken;
        Value after = writer.Graph.Add(writer.Taken, writer.Graph.Scalar(1L));
        states.After("steps", writer.Taken, after, 1, TensorProto.Types.DataType.Int64);
    }

    private static Value Standardized(Graph graph, StepsOfSequences steps, Standardization standardization)
    {
        int rest = steps.Width - standardization.Means.Count; // rows of n-grams are not changed
        double[] means = [.. standardization.Means, .. new double[rest]];
        double[] deviations = [.. standardization.Deviations, .. Enumerable.Repeat(1.0, rest)];
        return graph.Divide(
            graph.Subtract(steps.Values, graph.Constant<double>(means, steps.Width)), graph.Constant<double>(deviations, steps.Width));
    }
}
