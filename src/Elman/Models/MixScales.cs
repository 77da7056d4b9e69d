using Elman.Kernels;
using Elman.Linear;
using Elman.Recurrent;
using Elman.Sequences;
using Elman.Stack;

namespace Elman.Models;

/// <summary>
/// Scales the weights that mix units: those of unit j by 1/g_j, with g_j the standard deviation of the unit's output over all steps of some
/// training sequences. So all units have equal weight in a mix, for any time constant.
/// </summary>
internal static unsafe class MixScales
{
    /// <summary>The maximum number of sequences on which standard deviations are measured.</summary>
    public const int MostSequences = 20;

    /// <summary>The minimum standard deviation; an output with less is almost constant, and its weights are not scaled.</summary>
    public const double LeastDeviation = 1e-8;

    /// <summary>
    /// Scales the weights, layer by layer, and packs the model's weights. A model without a mix does not change, and no random numbers are
    /// drawn.
    /// </summary>
    /// <param name="model">The model; its weights are initialised and packed.</param>
    /// <param name="data">The training data; each sequence has at least one step that is not skipped.</param>
    /// <param name="preprocessing">The preprocessing of the data.</param>
    /// <param name="random">The random numbers to choose the sequences, if there are more than <see cref="MostSequences"/>.</param>
    /// <param name="workers">The threads to use. The result does not depend on their number.</param>
    /// <param name="cancellationToken">Stops before the next layer.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static void Set(
        SequenceModel<float> model, SequenceDataset data, Preprocessing preprocessing, SeededRandom random, Workers workers,
        CancellationToken cancellationToken)
    {
        if (!model.Layers.Any(block => block.FromStart is MixedOscillatorLayer<float>))
            return;
        using var batch = new SequenceBatch<float>();
        batch.Fill(data, Draw(data.Count, random), preprocessing);
        using var tape = new ModelTape<float>(keepsSteps: false);
        for (int layer = 0; layer < model.Layers.Count; layer++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            StackLayer<float> block = model.Layers[layer];
            StackLayerTape<float> layerTape = tape.Layer(layer);
            MixedOscillatorLayer<float> fromStart = (MixedOscillatorLayer<float>)block.FromStart;
            var fromEnd = block.FromEnd as MixedOscillatorLayer<float>;
            Spread ofStart = new(fromStart.Shape.HiddenSize), ofEnd = new(fromStart.Shape.HiddenSize);
            model.ForwardOutputs(layer, batch, tape, workers, (window, _) =>
            {
                ofStart.Take(layerTape.FromStart.Gated.States.Values.Start, window.Rows);
                if (fromEnd is not null)
                    ofEnd.Take(layerTape.FromEnd.Gated.States.Values.Start, window.Rows);
            });
            Scale(model.Values.Span(fromStart.Mix.Weights), ofStart);
            if (fromEnd is not null)
                Scale(model.Values.Span(fromEnd.Mix.Weights), ofEnd);
            model.Pack(forTraining: false);
        }
    }

    private static int[] Draw(int count, SeededRandom random)
    {
        int[] all = [.. Enumerable.Range(0, count)];
        for (int k = 0; k < MostSequences && count > MostSequences; k++)
        {
            int other = k + random.NextInt32(count - k);
            (all[k], all[other]) = (all[other], all[k]);
        }
        return all[..Math.Min(count, MostSequences)];
    }

    private static void Scale(Span<float> weights, Spread spread)
    {
        int units = spread.Units;
        for (int unit = 0; unit < units; unit++)
        {
            double deviation = spread.Deviation(unit);
            int first = unit / MixPass<float>.BlockSize * MixPass<float>.BlockSize, row = unit - first;
            foreach (ref float weight in weights.Slice((row * units) + first, Math.Min(MixPass<float>.BlockSize, units - first)))
                weight = (float)(weight / (deviation < LeastDeviation ? 1 : deviation));
        }
    }

    /// <summary>Means and squared deviations of outputs, updated row by row (B. Welford, 1962), so that the division into windows does not
    /// affect the bits.</summary>
    private sealed class Spread(int units)
    {
        private readonly double[] _means = new double[units], _squares = new double[units];
        private long _rows;

        public int Units => units;

        public double Deviation(int unit) => Math.Sqrt(_squares[unit] / Math.Max(_rows, 1));

        public void Take(float* rows, int count)
        {
            for (int row = 0; row < count; row++)
            {
                _rows++;
                for (int unit = 0; unit < units; unit++, rows++)
                {
                    double off = *rows - _means[unit];
                    _means[unit] += off / _rows;
                    _squares[unit] += off * (*rows - _means[unit]);
                }
            }
        }
    }
}
