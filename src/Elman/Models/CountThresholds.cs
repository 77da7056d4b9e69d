using Elman.Kernels;
using Elman.Readouts;
using Elman.Recurrent;
using Elman.Sequences;

namespace Elman.Models;

/// <summary>
/// Sets the thresholds of a counting readout: quantiles of each unit's outputs on a random training sequence.
/// </summary>
/// <remarks>
/// Threshold j of unit k is the quantile <c>(K·k + j + 1)·φ mod 1</c>, with K thresholds per unit and φ the golden ratio. Over all units
/// the quantiles are evenly distributed.
/// </remarks>
internal static unsafe class CountThresholds
{
    private const double GoldenRatio = 1.618033988749895;

    /// <summary>The number of sequences in a batch. It does not affect the results.</summary>
    private const int BatchSize = 64;

    /// <summary>Sets the thresholds, and packs the model's weights. A model with another readout does not change, and no random numbers are
    /// drawn.</summary>
    /// <param name="model">The model; its other weights are initialised and packed.</param>
    /// <param name="data">The training data; each sequence has at least one step that is not skipped.</param>
    /// <param name="preprocessing">The preprocessing of the data.</param>
    /// <param name="random">The random numbers.</param>
    /// <param name="workers">The threads to use. The result does not depend on their number.</param>
    /// <param name="cancellationToken">Stops between two batches.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static void Set(
        SequenceModel<float> model, SequenceDataset data, Preprocessing preprocessing, SeededRandom random, Workers workers,
        CancellationToken cancellationToken)
    {
        if (model.Readout is not CountsReadout<float> readout)
            return;
        int units = readout.Thresholds.Shape[1];
        int[] drawn = [.. Enumerable.Range(0, units).Select(_ => random.NextInt32(data.Count))];
        ILookup<int, int> unitsOf = Enumerable.Range(0, units).ToLookup(unit => drawn[unit]);
        using var batch = new SequenceBatch<float>();
        using var tape = new ModelTape<float>(keepsSteps: false);
        foreach (int[] indices in unitsOf.Select(group => group.Key).Order().Chunk(BatchSize))
        {
            cancellationToken.ThrowIfCancellationRequested();
            batch.Fill(data, indices, preprocessing);
            Column[] columns = [.. Enumerable.Range(0, batch.Count).SelectMany(place =>
                unitsOf[indices[batch.Order[place]]].Select(unit => new Column(unit, place, new float[batch.Lengths[place]])))];
            model.ForwardOutputs(model.Layers.Count - 1, batch, tape, workers, (window, outputs) =>
            {
                foreach (Column column in columns)
                    column.Take(window, outputs.Start, units);
            });
            foreach (Column column in columns)
                Set(model.Values.Span(readout.Thresholds), readout.Thresholds.Shape[0], units, column);
        }
        model.Pack(forTraining: false);
    }

    private static void Set(Span<float> thresholds, int count, int units, Column column)
    {
        Array.Sort(column.Outputs);
        for (int j = 0; j < count; j++)
            thresholds[(j * units) + column.Unit] = Quantile(column.Outputs, ((count * (double)column.Unit) + j + 1) * GoldenRatio % 1);
    }

    /// <summary>Returns a quantile of sorted values, by linear interpolation between its two neighbours.</summary>
    private static float Quantile(ReadOnlySpan<float> sorted, double share)
    {
        double place = share * (sorted.Length - 1);
        int below = (int)place, above = Math.Min(below + 1, sorted.Length - 1);
        return (float)(sorted[below] + ((place - below) * ((double)sorted[above] - sorted[below])));
    }

    /// <summary>The outputs of a unit on a sequence.</summary>
    private readonly record struct Column(int Unit, int Place, float[] Outputs)
    {
        /// <summary>Copies the outputs of a window.</summary>
        public void Take(LayerWindow<float> window, float* outputs, int units)
        {
            for (int t = window.FirstStep; t < Math.Min(window.EndStep, Outputs.Length); t++)
                Outputs[t] = outputs[((nint)(window.Batch.RowOf(t) - window.FirstRow + Place) * units) + Unit];
        }
    }
}
