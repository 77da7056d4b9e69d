using System.Numerics.Tensors;

namespace Elman.Sequences;

/// <summary>Finds the seasonal period of data from their autocorrelation.</summary>
/// <remarks>
/// <para>
/// The best straight line is subtracted from every channel of every sequence. Products of values k steps apart are averaged over all
/// sequences, with equal weight for all channels. A period of s steps is a clear peak at s that repeats at 2s. A clear peak is higher than
/// its surroundings, higher than chance, and by the same margin above the smallest correlation before it. Of several peaks, the first one
/// that is nearly as high as the highest is used: two maxima per day still mean a period of a day.
/// </para>
/// <para>
/// If no period is found, the differences of successive values are tried: they have no trend, even if the data have a curved one. This
/// rejects a random walk, whose correlations rise and fall by chance.
/// </para>
/// </remarks>
internal static class SeasonalPeriod
{
    /// <summary>The maximum period. A period must also fit three times into the longest sequence.</summary>
    public const int Longest = 2000;

    /// <summary>The minimum height of a peak, and the minimum rise to it.</summary>
    private const double Least = 0.1;

    /// <summary>The number of standard deviations that a peak must exceed. Hundreds of lags are tested, but few noise peaks
    /// repeat.</summary>
    private const double Deviations = 4;

    /// <summary>The minimum height of an earlier peak, relative to the highest, to be preferred to it.</summary>
    private const double NearlyAsHigh = 0.8;

    /// <summary>The minimum correlation after two periods, relative to that after one.</summary>
    private const double ComesAgain = 0.5;

    /// <summary>The maximum number of products to sum; for larger data, only the first sequences or steps are used.</summary>
    private const long MostProducts = 2_000_000_000;

    /// <summary>Finds the period, or <see langword="null"/> if there is no clear one.</summary>
    public static int? Find(SequenceDataset data, CancellationToken cancellationToken = default)
    {
        int longest = Math.Min(Longest, data.MaxSteps / 3);
        if (longest < 2)
            return null;
        double[][][] levels = Channels(data, (int)Math.Min(int.MaxValue, MostProducts / (2 * longest) / data.OwnChannels));
        double[][][] differences = [.. levels.Select(channel => channel.Select(Differences).ToArray())];
        return Peak(Correlations(levels, longest, cancellationToken)) ?? Peak(Correlations(differences, longest, cancellationToken));
    }

    /// <summary>Returns the first clear peak.</summary>
    private static int? Peak((double Correlation, double Pairs)[] lags)
    {
        int longest = (lags.Length - 1) / 2;
        var peaks = new List<int>();
        double before = double.PositiveInfinity, spread = 1 + (2 * Memory(lags));
        for (int s = 1; s <= longest; s++)
        {
            double height = lags[s].Correlation, clear = Math.Max(Least, Deviations * Math.Sqrt(spread / lags[s].Pairs));
            if (s > 1 && height > clear && height - before > clear && lags[2 * s].Correlation > ComesAgain * height && IsHighest(s))
                peaks.Add(s);
            before = Math.Min(before, height);
        }
        if (peaks.Count == 0)
            return null;
        double highest = peaks.Max(s => lags[s].Correlation);
        return peaks.First(s => lags[s].Correlation >= NearlyAsHigh * highest);

        // Noise makes small peaks around a main one; the longer the period, the further away they can be.
        bool IsHighest(int s)
        {
            int reach = Math.Max(1, s / 8);
            for (int k = Math.Max(1, s - reach); k <= Math.Min(lags.Length - 1, s + reach); k++)
                if (lags[k].Correlation > lags[s].Correlation)
                    return false;
            return true;
        }
    }

    /// <summary>
    /// The sum of the squared correlations up to their first change of sign, or until they are noise. The longer the memory of the data,
    /// the further their correlations deviate from 0 if there is no period (M. Bartlett, 1946).
    /// </summary>
    private static double Memory((double Correlation, double Pairs)[] lags)
    {
        double sum = 0;
        for (int k = 1; k < lags.Length; k++)
        {
            (double correlation, double pairs) = lags[k];
            if (correlation * lags[1].Correlation <= 0 || Math.Abs(correlation) < 2 / Math.Sqrt(pairs))
                break;
            sum += correlation * correlation;
        }
        return sum;
    }

    /// <summary>Returns the correlations at lags 0 to 2·longest, and the number of pairs for each.</summary>
    private static (double Correlation, double Pairs)[] Correlations(
        double[][][] channels, int longest, CancellationToken cancellationToken)
    {
        int count = (2 * longest) + 1;
        double[] sums = new double[count], pairs = new double[count];
        foreach (double[][] channel in channels)
        {
            double[] products = new double[count], channelPairs = new double[count];
            foreach (double[] series in channel)
                AddProducts(Detrended(series), products, channelPairs, cancellationToken);
            double variance = products[0] / channelPairs[0];
            if (!(variance > 1e-30))
                continue; // constant, or without values
            TensorPrimitives.MultiplyAdd(products, 1 / variance, sums, sums);
            TensorPrimitives.Add<double>(pairs, channelPairs, pairs);
        }
        return [.. Enumerable.Range(0, count).Select(k => pairs[k] > 0 ? (sums[k] / pairs[k], pairs[k]) : (0, 1))];
    }

    /// <summary>Sums the products of values k steps apart, step by step for all k together. The sums are elementwise, so the bits are the
    /// same at every vector width.</summary>
    private static void AddProducts(double[] series, double[] products, double[] pairs, CancellationToken cancellationToken)
    {
        double[] known = [.. series.Select(value => double.IsNaN(value) ? 0.0 : 1)];
        double[] filled = [.. series.Select(value => double.IsNaN(value) ? 0 : value)];
        for (int t = 0; t < series.Length; t++)
        {
            if (t % 1024 == 0)
                cancellationToken.ThrowIfCancellationRequested();
            int reach = Math.Min(products.Length, series.Length - t);
            if (known[t] == 0)
                continue;
            TensorPrimitives.FusedMultiplyAdd(filled.AsSpan(t, reach), filled[t], products.AsSpan(0, reach), products.AsSpan(0, reach));
            TensorPrimitives.Add<double>(pairs.AsSpan(0, reach), known.AsSpan(t, reach), pairs.AsSpan(0, reach));
        }
    }

    /// <summary>Returns the values of each channel, <c>[channels][sequences][steps]</c>, up to a total number of steps.</summary>
    private static double[][][] Channels(SequenceDataset data, int mostSteps)
    {
        var taken = new List<(Sequence Sequence, int Steps)>();
        foreach (Sequence sequence in data)
        {
            int steps = Math.Min(sequence.Steps, mostSteps);
            if (steps > 0)
                taken.Add((sequence, steps));
            mostSteps -= steps;
        }
        return [.. Enumerable.Range(0, data.OwnChannels).Select(c => taken.Select(piece =>
            Enumerable.Range(0, piece.Steps).Select(t => (double)piece.Sequence.Values.Span[(t * data.Channels) + c]).ToArray())
            .ToArray())];
    }

    private static double[] Differences(double[] series) => [.. series.Skip(1).Select((value, t) => value - series[t])];

    /// <summary>Subtracts the best straight line.</summary>
    private static double[] Detrended(double[] series)
    {
        double mean = 0, time = 0, timeSquares = 0, products = 0;
        int seen = 0;
        for (int t = 0; t < series.Length; t++)
        {
            if (double.IsNaN(series[t]))
                continue;
            double fromMean = series[t] - mean, fromTime = t - time;
            seen++;
            mean += fromMean / seen;
            time += fromTime / seen;
            timeSquares += fromTime * (t - time);
            products += fromTime * (series[t] - mean);
        }
        double slope = seen > 1 ? products / timeSquares : 0;
        return [.. series.Select((value, t) => value - mean - (slope * (t - time)))];
    }
}
