namespace Elman.Evaluations;

/// <summary>The interval of the calibration error of a classifier, by inversion of a simulated test.</summary>
/// <remarks>
/// The calibration error of a sample is above the true one by chance: bins of perfectly calibrated probabilities have gaps, too. A
/// bootstrap adds that error again, and its interval can miss the true value on most data. Here the accuracy of bin m, with n cases of mean
/// probability p, is taken as <c>p ± κ·u</c>, with the sign of the gap of the sample and <c>u = |gap| + σ</c>, σ its standard error. For
/// each κ the correct cases of the bins are drawn. The limits are the smallest and the greatest <c>Σ_m w_m·κ·u_m</c> under which the error
/// of the sample is between the quantiles of the level; the lower one is 0 if perfect calibration explains the sample. If cases depend on
/// each other, the errors of the gaps come from resampled groups instead, all bins together.
/// </remarks>
internal static class CalibrationInterval
{
    /// <summary>The maximum variance of a number of cases that is drawn exactly; a larger one is a normal number.</summary>
    private const double MostVariance = 20;

    /// <summary>Computes the interval.</summary>
    /// <param name="error">The calibration error of the sample.</param>
    /// <param name="bins">For each bin that occurs the number of cases, of correct cases, and the sum of the probabilities.</param>
    /// <param name="noise">Errors of the gaps of dependent cases, <c>[resamples][bins]</c>; <see langword="null"/> if cases are
    /// independent.</param>
    /// <param name="options">The options.</param>
    public static ConfidenceInterval Of(
        double error, IReadOnlyList<(int Cases, int Right, double Sum)> bins, double[][]? noise, IntervalOptions options)
    {
        const double Rounding = 1e-9;
        int cases = bins.Sum(bin => bin.Cases);
        if (cases == 0)
            return ConfidenceInterval.Unknown(error, options.Level);
        Bin[] all = [.. bins.Select((bin, m) => new Bin(bin, cases, noise?.Select(row => row[m])))];
        double whole = all.Sum(bin => bin.Share * bin.Gap), tail = (1 - options.Level) / 2;
        double[] uniform = Uniform(options, bins.Count);
        double lower = ExplainsAbove(0) ? 0 : Solve(0, 1, ExplainsAbove);
        double upper = Solve(0, 4, scale => ShareOf(scale, sum => sum <= error + Rounding) < tail);
        return new ConfidenceInterval(error, Math.Min(lower * whole, error), Math.Min(1, Math.Max(upper * whole, error)), options.Level);

        bool ExplainsAbove(double scale) => ShareOf(scale, sum => sum >= error - Rounding) > tail;

        double ShareOf(double scale, Func<double, bool> holds)
        {
            int count = 0;
            for (int r = 0; r < options.Resamples; r++)
            {
                double sum = 0;
                for (int m = 0; m < all.Length; m++)
                {
                    sum += all[m].Share * (noise is null
                        ? all[m].DrawGap(scale, uniform[(r * all.Length) + m])
                        : Math.Abs(all[m].Signed(scale) + noise[r % noise.Length][m]));
                }
                count += holds(sum) ? 1 : 0;
            }
            return (double)count / options.Resamples;
        }
    }

    private static double[] Uniform(IntervalOptions options, int bins)
    {
        var random = new SeededRandom(options.Seed);
        double[] numbers = new double[options.Resamples * bins];
        for (int i = 0; i < numbers.Length; i++)
            numbers[i] = random.NextDouble();
        return numbers;
    }

    /// <summary>The smallest number from which on a condition holds.</summary>
    private static double Solve(double low, double high, Func<double, bool> holds)
    {
        for (int i = 0; i < 20; i++)
        {
            double middle = (low + high) / 2;
            (low, high) = holds(middle) ? (low, middle) : (middle, high);
        }
        return (low + high) / 2;
    }

    /// <summary>A bin of probabilities.</summary>
    private sealed class Bin
    {
        private readonly double _probability, _gap;
        private readonly int _cases;

        public Bin((int Cases, int Right, double Sum) bin, int all, IEnumerable<double>? noise)
        {
            Share = (double)bin.Cases / all;
            _cases = bin.Cases;
            _probability = bin.Sum / bin.Cases;
            _gap = ((double)bin.Right / bin.Cases) - _probability;
            double p = Math.Clamp((bin.Right + 1.0) / (bin.Cases + 2), 0, 1);
            Gap = Math.Abs(_gap) + Math.Sqrt(noise is null ? p * (1 - p) / _cases : noise.Average(e => e * e));
        }

        /// <summary>The share of the cases.</summary>
        public double Share { get; }

        /// <summary>u, the gap whose multiples are tried.</summary>
        public double Gap { get; }

        /// <summary>Returns κ·u with the sign of the gap.</summary>
        public double Signed(double scale) => Math.CopySign(scale, _gap) * Gap;

        /// <summary>Draws the gap of a sample.</summary>
        /// <param name="scale">κ.</param>
        /// <param name="uniform">A uniform number.</param>
        public double DrawGap(double scale, double uniform)
        {
            double accuracy = Math.Clamp(_probability + Signed(scale), 0, 1);
            double variance = _cases * accuracy * (1 - accuracy);
            double right = variance > MostVariance
                ? (_cases * accuracy) + (Math.Sqrt(variance) * NormalDistribution.QuickQuantile(uniform))
                : accuracy > 0.5 ? _cases - Draw(1 - accuracy, 1 - uniform) : Draw(accuracy, uniform);
            return Math.Abs((right / _cases) - _probability);
        }

        /// <summary>A binomial number, by summing its probabilities.</summary>
        private int Draw(double p, double uniform)
        {
            if (p <= 0)
                return 0;
            double term = Math.Exp(_cases * Math.Log(1 - p)), sum = term;
            int drawn = 0;
            while (sum < uniform && drawn < _cases)
            {
                drawn++;
                term *= (double)(_cases - drawn + 1) / drawn * p / (1 - p);
                sum += term;
            }
            return drawn;
        }
    }
}
