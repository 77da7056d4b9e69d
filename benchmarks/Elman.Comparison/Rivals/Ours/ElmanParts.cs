using System.Numerics;
using Elman.Comparison.Problems;
using Elman.Models;
using Elman.Packing;
using Elman.Sequences;

namespace Elman.Comparison.Rivals;

/// <summary>Converts a problem to a model and a batch of Elman.</summary>
internal static class ElmanParts
{
    /// <summary>Returns a model with the weights of the problem, not yet packed.</summary>
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
        model.Initialize(WeightInitialization.Glorot, new SeededRandom(1)); // for weights that only Elman has
        SetWeights(model, problem);
        return model;
    }

    /// <summary>Sets the weights of a model to those of the problem.</summary>
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

    /// <summary>Returns each slice of a model's parameters with the numbers of the problem for it.</summary>
    public static IEnumerable<(ParameterSlice Slice, float[] Values)> Pairs<T>(SequenceModel<T> model, Problem problem)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        problem.Weights.Named.Select(weight =>
            (model.Values.Layout.Slices.Single(slice => slice.Name == weight.Name && slice.Count == weight.Values.Length), weight.Values));

    /// <summary>Returns the sequences of the problem as one batch.</summary>
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
