using Elman.Fitted;
using Elman.Sequences;

namespace Elman.Onnx.Check;

/// <summary>Random sequences as a model takes them: like its training data in mean and deviation, of different lengths.</summary>
internal static class RandomSequences
{
    private const int Count = 40, MostSteps = 60;

    private const double Gaps = 0.1; // the share of missing values, if the model takes them

    /// <summary>Creates them.</summary>
    /// <param name="fitted">The model.</param>
    public static SequenceDataset For(FittedModel fitted)
    {
        var random = new SeededRandom(1);
        Preprocessing preprocessing = fitted.Preprocessing;
        SymbolTables symbols = fitted.Model.Spec.Symbols;
        Standardization? scale = preprocessing.Stages.IsNone ? preprocessing.Standardization : null;
        var sequences = new Sequence[Count];
        for (int s = 0; s < Count; s++)
        {
            // The first has one step, as sequences may.
            float[] values = new float[fitted.Channels * (s == 0 ? 1 : 1 + random.NextInt32(MostSteps))];
            for (int i = 0; i < values.Length; i++)
            {
                int c = i % fitted.Channels;
                SymbolTable table = symbols.FirstOrDefault(one => one.Channel == c + 1);
                values[i] = table.Channel > 0 ? random.NextInt32(table.Symbols)
                    : preprocessing.Missing != MissingValues.Refuse && random.NextDouble() < Gaps ? float.NaN
                    : (float)((scale?.Means[c] ?? preprocessing.Means?[c] ?? 0) + ((scale?.Deviations[c] ?? 1) * random.NextNormal()));
            }
            sequences[s] = new Sequence(values, fitted.Channels);
        }
        return new SequenceDataset(fitted.Channels, [], sequences, "random sequences") { Offsets = fitted.Origin.Offsets };
    }
}
