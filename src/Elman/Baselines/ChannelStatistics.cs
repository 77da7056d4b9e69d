namespace Elman.Baselines;

/// <summary>
/// Five features for each channel of a sequence of any length: mean, standard deviation, minimum, maximum, and the slope per step of the
/// best straight line over time. They are standardised over the training data.
/// </summary>
/// <remarks>
/// Missing values are skipped. If a channel has no value in a sequence, its features are the training means. Features that are constant
/// over the training data, except for rounding, are 0.
/// </remarks>
internal sealed class ChannelStatistics
{
    /// <summary>The number of features per channel.</summary>
    public const int PerChannel = 5;

    /// <summary>The limit below which differences count as rounding, in standard deviations of the channel: the values are floats, and
    /// files may hold fewer digits.</summary>
    private const double Rounding = 1e-6;

    private readonly Standardization _channels;
    private readonly double[] _means, _scales; // of the statistics; a scale of 0 marks a constant one

    private ChannelStatistics(Standardization channels, double[] means, double[] scales) =>
        (_channels, _means, _scales) = (channels, means, scales);

    /// <summary>Measures the training data.</summary>
    public static ChannelStatistics Fit(SequenceDataset train)
    {
        Standardization channels = Standardization.Fit(train);
        int width = PerChannel * train.Channels;
        double[] means = new double[width], squares = new double[width], scales = new double[width];
        long[] seen = new long[width];
        double[] row = new double[width];
        foreach (Sequence sequence in train)
        {
            Measure(sequence, channels, row);
            for (int i = 0; i < width; i++)
            {
                if (double.IsNaN(row[i]))
                    continue;
                double fromOldMean = row[i] - means[i];
                means[i] += fromOldMean / ++seen[i];
                squares[i] += fromOldMean * (row[i] - means[i]);
            }
        }
        for (int i = 0; i < width; i++)
        {
            double deviation = Math.Sqrt(squares[i] / Math.Max(seen[i], 1));
            bool isSlope = i % PerChannel == PerChannel - 1;
            scales[i] = deviation * (isSlope ? train.MaxSteps : 1) > Rounding ? 1 / deviation : 0;
        }
        return new ChannelStatistics(channels, means, scales);
    }

    /// <summary>Returns the standardised features of each sequence, <c>[sequences][5·channels]</c>.</summary>
    public double[][] Of(SequenceDataset data) => [.. data.Select(sequence =>
    {
        double[] row = new double[_means.Length];
        Measure(sequence, _channels, row);
        for (int i = 0; i < row.Length; i++)
            row[i] = double.IsNaN(row[i]) ? 0 : (row[i] - _means[i]) * _scales[i];
        return row;
    })];

    /// <summary>Computes the features of a sequence before standardisation; NaN for a channel without a value.</summary>
    internal static void Measure(Sequence sequence, Standardization channels, Span<double> row)
    {
        ReadOnlySpan<float> values = sequence.Values.Span;
        for (int c = 0; c < sequence.Channels; c++)
        {
            double mean = 0, squares = 0, time = 0, timeSquares = 0, products = 0;
            double least = double.PositiveInfinity, greatest = double.NegativeInfinity;
            int seen = 0;
            for (int t = 0; t < sequence.Steps; t++)
            {
                float raw = values[(t * sequence.Channels) + c];
                if (float.IsNaN(raw))
                    continue;
                double value = channels.Apply(raw, c);
                // Sums of squares and products about the current means, as by Welford (1962).
                double fromMean = value - mean, fromTime = t - time;
                seen++;
                mean += fromMean / seen;
                time += fromTime / seen;
                squares += fromMean * (value - mean);
                timeSquares += fromTime * (t - time);
                products += fromTime * (value - mean);
                least = Math.Min(least, value);
                greatest = Math.Max(greatest, value);
            }
            Span<double> five = row.Slice(c * PerChannel, PerChannel);
            if (seen == 0)
            {
                five.Fill(double.NaN);
                continue;
            }
            (five[0], five[1], five[2], five[3], five[4]) =
                (mean, Math.Sqrt(squares / seen), least, greatest, seen > 1 ? products / timeSquares : 0);
        }
    }
}
