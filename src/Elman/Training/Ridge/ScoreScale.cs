namespace Elman.Training.Ridge;

/// <summary>
/// Converts the outputs of least squares, which are close to 0 or 1, to scores for softmax or σ: they are multiplied by the one positive
/// number with the smallest cross-entropy (as J. Platt, 1999, and C. Guo and others, 2017, do with other classifiers). It changes no
/// predicted class, only the probabilities.
/// </summary>
/// <remarks>
/// If every case is right, the probabilities would become 0 and 1. So <c>(ln(a/a₀))²</c> is added to the sum of cross-entropies of a
/// scale a: a₀ is a typical scale for such scores, with a weight of about one or two cases. Least squares of 0 and 1 have
/// a₀ = 7, which was best on generated data; smoothing the targets, as Platt does,
/// made the probabilities of many classes underconfident.
/// </remarks>
internal static class ScoreScale
{
    /// <summary>a₀ for scores of least squares with the targets 0 and 1.</summary>
    public const double UsualOfRidge = 7;

    /// <summary>a₀ of scores that were trained as logarithms of probabilities.</summary>
    public const double UsualOfLogits = 1;

    private const double Least = 1e-3, Greatest = 1e6;

    private const int Halvings = 60;

    /// <summary>The scale if each case has one class.</summary>
    /// <param name="scores">The scores of each case, <c>[cases][C]</c>.</param>
    /// <param name="target">1 for its class, 0 for the others.</param>
    /// <param name="weights">The weight of each case.</param>
    /// <param name="usual">a₀.</param>
    public static double OfSoftmax(double[][] scores, double[][] target, double[] weights, double usual = UsualOfRidge)
    {
        if (scores.Length == 0)
            return 1;
        int classes = scores[0].Length;
        double[] p = new double[classes];
        double meanWeight = weights.Average();
        return Root(usual, scale =>
        {
            double slope = 0;
            for (int i = 0; i < scores.Length; i++)
            {
                double max = scores[i].Max(), sum = 0, part = 0;
                for (int c = 0; c < classes; c++)
                    sum += p[c] = Math.Exp(scale * (scores[i][c] - max));
                for (int c = 0; c < classes; c++)
                    part += ((p[c] / sum) - target[i][c]) * (scores[i][c] - max);
                slope += weights[i] / meanWeight * part;
            }
            return slope;
        });
    }

    /// <summary>The scale of one class in multi-label classification.</summary>
    /// <param name="scores">The score of each case.</param>
    /// <param name="target">1 if the class applies, 0 if not, or a value between.</param>
    /// <param name="usual">a₀.</param>
    public static double OfSigmoid(double[] scores, double[] target, double usual = UsualOfRidge)
    {
        if (scores.Length == 0)
            return 1;
        return Root(usual, scale =>
        {
            double slope = 0;
            for (int i = 0; i < scores.Length; i++)
                slope += ((1 / (1 + Math.Exp(-scale * scores[i]))) - target[i]) * scores[i];
            return slope;
        });
    }

    /// <summary>Returns the minimum of cross-entropy plus penalty: the root of the derivative.</summary>
    private static double Root(double usual, Func<double, double> slope)
    {
        double low = Math.Log(Least), high = Math.Log(Greatest);
        for (int i = 0; i < Halvings; i++)
        {
            double middle = (low + high) / 2, scale = Math.Exp(middle);
            if ((scale * slope(scale)) + (2 * (middle - Math.Log(usual))) < 0)
                low = middle;
            else
                high = middle;
        }
        return Math.Exp((low + high) / 2);
    }
}
