using Elman.Models;
using Elman.Recurrent;
using Elman.Sequences.Stages;

namespace Elman.Auto;

/// <summary>
/// Estimates the time to fit a model from the number of operations instead of measuring it. So a budget leads to the same choice on every
/// machine, and a run can be repeated.
/// </summary>
internal static class WorkEstimate
{
    /// <summary>Operations per second of the reference processor for budgets: two cores, averaged over all passes and products.</summary>
    private const double Speed = 4e10;

    /// <summary>The approximate number of steps per n-gram that occurs twice, in short texts of a language.</summary>
    private const double StepsOfAnNgram = 6;

    /// <summary>Seconds for one reservoir: features of all sequences, then least squares for about six penalties.</summary>
    public static double OfReservoir(DataShape data, ModelSpec spec, int features)
    {
        double rows = spec.ReadsEveryStep ? data.TotalSteps : data.Sequences, units = spec.Layers.Sum() * (spec.Bidirectional ? 2.0 : 1);
        double recurrent = LayerFactory.HasRecurrentWeights(spec.Cell) ? units * units : 0;
        double states = data.TotalSteps * ((units * ((2.0 * spec.InputSize) + 60)) + (2 * recurrent));
        double least = Math.Min(rows, features), most = Math.Max(rows, features);
        double products = (least * least * most) + (6 * least * least * least);
        return (states + products) / Speed;
    }

    /// <summary>Seconds for one training by gradients.</summary>
    public static double OfTraining(DataShape data, ModelSpec spec, TrainingOptions options, double stepsOfAll)
    {
        double weights = 0;
        for (int layer = 0; layer < spec.Layers.Count; layer++)
            weights += LayerFactory.WeightCount(spec.Cell, spec.InputsOf(layer), spec.Layers[layer]) * (spec.Bidirectional ? 2.0 : 1);
        double batches = Math.Ceiling(data.Sequences / (double)options.Batch);
        // The lookups are per step, the updates per table. The number of n-grams is known only after they are counted.
        double ngrams = spec.Stages.Ngrams is null ? 0 : Math.Min(data.TotalSteps / StepsOfAnNgram, NgramKeys.Most);
        double tables = spec.Symbols.Sum(table => table.Size * (table.Symbols + ngrams));
        double perEpoch = (6 * stepsOfAll * weights) + (batches * 40 * (weights + tables)) + (stepsOfAll * 2000);
        return options.Epochs * perEpoch / Speed;
    }
}
