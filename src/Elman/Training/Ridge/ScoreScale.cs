namespace Elman.Training;

/// <summary>
/// From the outputs of least squares, which lie about 0 and 1, to scores of which softmax or σ makes honest probabilities: the one number above 0 by
/// which they are multiplied, the one with the least cross-entropy (as J. Platt, 1999, and C. Guo and others, 2017, do with the scores of other classifiers).
/// It changes no answer, only how sure it is.
/// </summary>
/// <remarks>
/// The truth is drawn a little towards all classes, as if two more cases had been seen, shared evenly among them (Platt, for two classes): where every case is
/// right, the probabilities would else run to 0 and 1. The slope of the cross-entropy rises with the scale, so halving an interval finds its zero.
/// </remarks>
internal static class ScoreScale
{
    private const double Least = 1e-3, Greatest = 1e6;

    private const int Halvings = 60;

    /// <summary>Where each case has one class.</summary>
    /// <param name="scores">Of each case, <c>[cases][C]</c>.</param>
    /// <param name="truth">1 for its class, 0 for the others.</param>
    /// <param name="weights">What each case counts.</param>
    public static double OfSoftmax(double[][] scores, double[][] truth, double[] weights)
    {
        if (scores.Length == 0)
            return 1;
        int classes = scores[0].Length;
        double[] p = new double[classes];
        return Root(scale =>
        {
            double slope = 0;
            for (int i = 0; i < scores.Length; i++)
            {
                double max = scores[i].Max(), sum = 0, part = 0;
                for (int c = 0; c < classes; c++)
                    sum += p[c] = Math.Exp(scale * (scores[i][c] - max));
                for (int c = 0; c < classes; c++)
                    part += ((p[c] / sum) - (((scores.Length * truth[i][c]) + (2.0 / classes)) / (scores.Length + 2))) * (scores[i][c] - max);
                slope += weights[i] * part;
            }
            return slope;
        });
    }

    /// <summary>Where a class applies to a case or not.</summary>
    /// <param name="scores">Of each case.</param>
    /// <param name="truth">1 where it applies, 0 where not, or anything between.</param>
    public static double OfSigmoid(double[] scores, double[] truth)
    {
        if (scores.Length == 0)
            return 1;
        return Root(scale =>
        {
            double slope = 0;
            for (int i = 0; i < scores.Length; i++)
                slope += ((1 / (1 + Math.Exp(-scale * scores[i]))) - (((scores.Length * truth[i]) + 1) / (scores.Length + 2))) * scores[i];
            return slope;
        });
    }

    private static double Root(Func<double, double> slope)
    {
        double low = Math.Log(Least), high = Math.Log(Greatest);
        for (int i = 0; i < Halvings; i++)
        {
            double middle = (low + high) / 2;
            if (slope(Math.Exp(middle)) < 0)
                low = middle;
            else
                high = middle;
        }
        return Math.Exp((low + high) / 2);
    }
}
