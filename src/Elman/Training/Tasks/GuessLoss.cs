using Elman.Losses;

namespace Elman.Training.Tasks;

/// <summary>
/// The loss of a guess, the best constant prediction. For classes it is the entropy of their shares, for numbers their variance. A model
/// whose loss stays near it has learned nothing.
/// </summary>
internal static class GuessLoss
{
    /// <summary>
    /// The loss for one class per case: <c>−Σ_c a_c·ln(a_c/Σa)/Σ_c w_c·n_c</c> with <c>a_c = w_c·((1 − ε)·n_c + ε·n/C)</c>, which without
    /// weights w and smoothing ε is the entropy of the shares.
    /// </summary>
    /// <param name="counts">The number of cases of each class, n.</param>
    /// <param name="loss">The loss with its weights and its smoothing.</param>
    /// <returns>The loss in nats; <see langword="null"/> if the loss is not cross-entropy, or if there is no case.</returns>
    public static double? OfOneClass(IReadOnlyList<long> counts, LossFunction loss)
    {
        double all = counts.Sum(count => (double)count);
        if (loss.Loss.Kind != LossKind.CrossEntropy || all == 0)
            return null;
        double[] weights = loss.ClassWeights.Length == 0 ? [.. counts.Select(_ => 1.0)] : loss.ClassWeights;
        double[] spread = [.. counts.Select(
            (count, c) => weights[c] * (((1 - loss.LabelSmoothing) * count) + (loss.LabelSmoothing * all / counts.Count)))];
        double sum = spread.Sum();
        return -spread.Sum(part => part > 0 ? part * Math.Log(part / sum) : 0) / counts.Select((count, c) => weights[c] * count).Sum();
    }

    /// <summary>
    /// The loss for multi-label classes: the mean of the binary entropies of their shares p, weighted by class; with smoothing ε, the
    /// shares are <c>(1 − ε)·p + ε/2</c>.
    /// </summary>
    /// <param name="counts">For each class, the number of sequences in which it is known, and the number to which it applies.</param>
    /// <param name="loss">The loss with its weights and its smoothing.</param>
    /// <returns>The loss in nats; <see langword="null"/> if the loss is not cross-entropy, or if nothing is known.</returns>
    public static double? OfManyClasses(IReadOnlyList<(long Known, long Applying)> counts, LossFunction loss)
    {
        if (loss.Loss.Kind != LossKind.Binary)
            return null;
        double sum = 0, all = 0;
        for (int c = 0; c < counts.Count; c++)
        {
            (long known, long applying) = counts[c];
            if (known == 0)
                continue;
            double weight = known * (loss.ClassWeights.Length == 0 ? 1 : loss.ClassWeights[c]);
            double share = ((1 - loss.LabelSmoothing) * applying / known) + (loss.LabelSmoothing / 2);
            sum -= weight * (TimesLog(share) + TimesLog(1 - share));
            all += weight;
        }
        return all > 0 ? sum / all : null;
    }

    /// <summary>The loss for numbers: the mean of their variances; 1 if they are standardised.</summary>
    /// <param name="columns">The number of columns.</param>
    /// <param name="rows">The numbers, in blocks of whole rows; NaN for unknown ones.</param>
    /// <param name="areStandardized">Whether each column is standardised for training.</param>
    /// <param name="loss">The loss.</param>
    /// <returns>The loss; <see langword="null"/> if the loss is not the squared error, or if every column is constant, so that there is
    /// nothing to learn.</returns>
    public static double? OfNumbers(int columns, IEnumerable<ReadOnlyMemory<float>> rows, bool areStandardized, LossFunction loss)
    {
        if (loss.Loss.Kind != LossKind.MeanSquared)
            return null;
        double[] means = new double[columns], squares = new double[columns];
        long[] seen = new long[columns];
        foreach (ReadOnlyMemory<float> piece in rows)
        {
            for (int i = 0; i < piece.Length; i++)
            {
                double value = piece.Span[i];
                if (double.IsNaN(value))
                    continue;
                int c = i % columns;
                double away = value - means[c];
                means[c] += away / ++seen[c];
                squares[c] += away * (value - means[c]); // B. P. Welford, 1962
            }
        }
        double sum = 0, all = seen.Sum();
        for (int c = 0; c < columns; c++)
            sum += areStandardized ? (squares[c] > 0 ? seen[c] : 0) : squares[c];
        return sum > 0 ? sum / all : null;
    }

    private static double TimesLog(double share) => share > 0 ? share * Math.Log(share) : 0;
}
