namespace Elman.Cli.Reports;

/// <summary>What can be said about a data set at a glance.</summary>
internal sealed class DataStatistics
{
    /// <summary>Looks through a data set.</summary>
    public DataStatistics(SequenceDataset data)
    {
        Data = data;
        CasesByClass = data.CountByClass();
        Unlabelled = data.Count(sequence => sequence.Label == Sequence.NoLabel);
        int[] lengths = [.. data.Select(sequence => sequence.Steps).Order()];
        MedianSteps = lengths.Length == 0 ? 0 : (lengths[(lengths.Length - 1) / 2] + (double)lengths[lengths.Length / 2]) / 2;
        Channels = [.. Enumerable.Range(0, data.Channels).Select(c => ChannelStatistics.Of(data, c))];
    }

    /// <summary>The data set.</summary>
    public SequenceDataset Data { get; }

    /// <summary>Sequences of each class.</summary>
    public IReadOnlyList<int> CasesByClass { get; }

    /// <summary>Sequences without a label.</summary>
    public int Unlabelled { get; }

    /// <summary>The median number of steps.</summary>
    public double MedianSteps { get; }

    /// <summary>Values that are missing.</summary>
    public long Missing => Channels.Sum(channel => channel.Missing);

    /// <summary>The values of each channel.</summary>
    public IReadOnlyList<ChannelStatistics> Channels { get; }
}

/// <summary>The values of a channel over all steps of all sequences.</summary>
/// <param name="Mean">Their mean.</param>
/// <param name="Deviation">Their standard deviation: that of the population, as standardisation uses it.</param>
/// <param name="Min">The least.</param>
/// <param name="Max">The greatest.</param>
/// <param name="Missing">How many are missing; the other figures are of those that are not.</param>
internal sealed record ChannelStatistics(double Mean, double Deviation, float Min, float Max, long Missing)
{
    /// <summary>Looks through a channel.</summary>
    public static ChannelStatistics Of(SequenceDataset data, int channel)
    {
        // Welford (1962): stable however far the values are from zero.
        double mean = 0, squares = 0;
        float min = float.PositiveInfinity, max = float.NegativeInfinity;
        long seen = 0, missing = 0;
        foreach (Sequence sequence in data)
        {
            ReadOnlySpan<float> values = sequence.Values.Span; // [T, C]
            for (int i = channel; i < values.Length; i += data.Channels)
            {
                if (float.IsNaN(values[i]))
                {
                    missing++;
                    continue;
                }
                double fromOldMean = values[i] - mean;
                mean += fromOldMean / ++seen;
                squares += fromOldMean * (values[i] - mean);
                min = Math.Min(min, values[i]);
                max = Math.Max(max, values[i]);
            }
        }
        return seen == 0
            ? new ChannelStatistics(double.NaN, double.NaN, float.NaN, float.NaN, missing)
            : new ChannelStatistics(mean, Math.Sqrt(squares / seen), min, max, missing);
    }
}
