namespace Elman.Cli.Reports;

/// <summary>Summary statistics of a data set.</summary>
internal sealed class DataStatistics
{
    /// <summary>Computes the statistics of a data set.</summary>
    public DataStatistics(SequenceDataset data)
    {
        Data = data;
        IsByStep = data.Any(sequence => !sequence.StepLabels.IsEmpty);
        CasesByClass = IsByStep
            ? CountSteps(data)
            : data.TargetNames.Count > 0
                ? [.. data.TargetNames.Select((_, c) => data.Count(sequence => sequence.Targets.Span[c] > 0.5f))]
                : data.CountByClass();
        Unlabelled = data.Count(sequence => sequence.Label == Sequence.NoLabel
            && !sequence.StepLabels.Span.ContainsAnyExcept(Sequence.NoLabel) && !sequence.Targets.Span.ContainsAnyExcept(float.NaN));
        Targets = data.ClassLabels.Count > 0
            ? []
            : [.. Enumerable.Range(0, data.TargetNames.Count)
                .Select(c => ChannelStatistics.Of(
                    data.Select(sequence => sequence.Targets), c, data.TargetNames.Count, data.Offsets.OfTarget(data.TargetNames[c])))];
        int[] lengths = [.. data.Select(sequence => sequence.Steps).Order()];
        MedianSteps = lengths.Length == 0 ? 0 : (lengths[(lengths.Length - 1) / 2] + (double)lengths[lengths.Length / 2]) / 2;
        Channels = [.. Enumerable.Range(0, data.Channels)
            .Select(c => ChannelStatistics.Of(
                data.Select(sequence => sequence.Values), c, data.Channels, data.Offsets.OfChannel(c)))];
    }

    /// <summary>The data set.</summary>
    public SequenceDataset Data { get; }

    /// <summary>Whether the labels are classes of steps.</summary>
    public bool IsByStep { get; }

    /// <summary>The number of sequences, or steps, of each class.</summary>
    public IReadOnlyList<int> CasesByClass { get; }

    /// <summary>The statistics of each target over all sequences; empty if there are classes.</summary>
    public IReadOnlyList<ChannelStatistics> Targets { get; }

    /// <summary>The number of sequences without a label of any kind.</summary>
    public int Unlabelled { get; }

    /// <summary>The median number of steps.</summary>
    public double MedianSteps { get; }

    /// <summary>The names of the channels.</summary>
    public IReadOnlyList<string> ChannelNames => ColumnReport.Channels(Data.ChannelNames, Data.Channels);

    /// <summary>The names of constant channels.</summary>
    public IReadOnlyList<string> Constant => [.. ChannelNames.Where((_, c) => Channels[c].Min == Channels[c].Max && Data.TotalSteps > 1)];

    /// <summary>The histogram of the lengths in eight bins, as bars.</summary>
    public string LengthBars
    {
        get
        {
            const string Bars = "▁▂▃▄▅▆▇█";
            int[] counts = new int[Bars.Length];
            foreach (Sequence sequence in Data)
                counts[(int)(Bars.Length * (long)(sequence.Steps - Data.MinSteps) / (Data.MaxSteps - Data.MinSteps + 1L))]++;
            int most = counts.Max();
            return string.Concat(counts.Select(count => count == 0 ? ' ' : Bars[(int)((Bars.Length - 1L) * count / most)])).TrimEnd();
        }
    }

    /// <summary>The number of missing values.</summary>
    public long Missing => Channels.Sum(channel => channel.Missing);

    /// <summary>The statistics of each channel.</summary>
    public IReadOnlyList<ChannelStatistics> Channels { get; }

    private static int[] CountSteps(SequenceDataset data)
    {
        int[] counts = new int[data.ClassLabels.Count];
        foreach (Sequence sequence in data)
            foreach (int label in sequence.StepLabels.Span)
                if (label >= 0)
                    counts[label]++;
        return counts;
    }
}

/// <summary>The statistics of a channel over all steps of all sequences.</summary>
/// <param name="Mean">The mean, including the offset.</param>
/// <param name="Deviation">The population standard deviation, as for standardisation.</param>
/// <param name="Min">The minimum minus the offset.</param>
/// <param name="Max">The maximum minus the offset.</param>
/// <param name="Offset">The offset subtracted from the values.</param>
/// <param name="Missing">The number of missing values; the other figures describe the values that are not missing.</param>
internal sealed record ChannelStatistics(double Mean, double Deviation, float Min, float Max, double Offset, long Missing)
{
    /// <summary>Computes the statistics of a channel.</summary>
    /// <param name="rows">The values of each sequence, <c>[steps, channels]</c>.</param>
    /// <param name="channel">The channel, from 0.</param>
    /// <param name="channels">The number of channels.</param>
    /// <param name="offset">The offset subtracted from the values.</param>
    public static ChannelStatistics Of(IEnumerable<ReadOnlyMemory<float>> rows, int channel, int channels, double offset)
    {
        // Welford (1962): numerically stable for values far from zero.
        double mean = 0, squares = 0;
        float min = float.PositiveInfinity, max = float.NegativeInfinity;
        long seen = 0, missing = 0;
        foreach (ReadOnlyMemory<float> row in rows)
        {
            ReadOnlySpan<float> values = row.Span;
            for (int i = channel; i < values.Length; i += channels)
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
            ? new ChannelStatistics(double.NaN, double.NaN, float.NaN, float.NaN, 0, missing)
            : new ChannelStatistics(mean + offset, Math.Sqrt(squares / seen), min, max, offset, missing);
    }
}
