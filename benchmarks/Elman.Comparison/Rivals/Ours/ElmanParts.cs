using System.Numerics;
using Elman.Comparison.Problems;
using Elman.Models;
using Elman.Packing;
using Elman.Sequences;

namespace Elman.Comparison.Rivals;

/// <summary>A problem as Elman's own model and batch.</summary>
internal static class ElmanParts
{
    /// <summary>A model with the problem's weights, not yet packed.</summary>
    public static SequenceModel<T> Model<T>(Problem problem)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var model = new SequenceModel<T>(new ModelSpec
        {
            Cell = problem.Cell.Name,
            InputSize = problem.Shape.Inputs,
            Layers = [.. Enumerable.Repeat(problem.Shape.Hidden, problem.Shape.Layers)],
            Bidirectional = problem.Shape.Directions == 2,
            Readout = problem.Shape.Readout,
            OutputSize = Shape.Classes,
        });
        model.Initialize(WeightInitialization.Glorot, new SeededRandom(1)); // for weights that are Elman's alone
        SetWeights(model, problem);
        return model;
    }

    /// <summary>Gives a model the problem's weights.</summary>
    public static void SetWeights<T>(SequenceModel<T> model, Problem problem)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        foreach ((ParameterSlice slice, float[] values) in Pairs(model, problem))
        {
            Span<T> target = model.Values.Span(slice);
            for (int i = 0; i < target.Length; i++)
                target[i] = T.CreateTruncating(values[i]);
        }
    }

    /// <summary>Each slice of a model's parameters beside the problem's numbers for it.</summary>
    public static IEnumerable<(ParameterSlice Slice, float[] Values)> Pairs<T>(SequenceModel<T> model, Problem problem)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        problem.Weights.Named.Select(weight =>
            (model.Values.Layout.Slices.Single(slice => slice.Name == weight.Name && slice.Count == weight.Values.Length), weight.Values));

    /// <summary>The problem's sequences as one batch.</summary>
    public static SequenceBatch<T> Batch<T>(Problem problem)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var data = new SequenceDataset(
            problem.Shape.Inputs,
            Enumerable.Range(0, Shape.Classes).Select(c => $"class {c}"),
            problem.Sequences.Zip(problem.Labels, (values, label) => new Sequence(values, problem.Shape.Inputs, label)));
        var batch = new SequenceBatch<T>();
        batch.Fill(data, [.. Enumerable.Range(0, data.Count)], null);
        return batch;
    }
}
