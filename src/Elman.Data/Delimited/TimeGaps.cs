namespace Elman.Data;

/// <summary>
/// Finds gaps: steps with a longer interval than usual. A model reads the order of steps, not their times, so it would not notice a missing
/// row.
/// </summary>
internal static class TimeGaps
{
    /// <summary>Steps are evenly spaced if at least this share of them has the usual interval.</summary>
    private const double MostSteps = 0.8;

    /// <summary>The minimum ratio of the interval at a gap to the usual one. Months differ by a tenth.</summary>
    private const double Late = 1.5;

    /// <summary>Reports gaps, or unevenly spaced steps.</summary>
    /// <param name="count">The number of sequences.</param>
    /// <param name="timesOf">The times of each sequence; <see langword="null"/> if it has only one.</param>
    /// <param name="times">The unit of the times.</param>
    /// <param name="place">Names a sequence and the position before one of its rows, both from 0.</param>
    /// <param name="remarks">Receives the warnings.</param>
    public static void Report(
        int count, Func<int, StepTimes?> timesOf, TimeColumn times, Func<int, int, (string Sequence, string Row)> place, Remarks remarks)
    {
        var counts = new Dictionary<double, long>();
        long all = 0, alike = 0;
        double last = double.NaN;
        for (int i = 0; i < count; i++)
        {
            foreach ((_, double distance) in Distances(timesOf(i)))
            {
                all++;
                if (distance != last)
                {
                    Add(last, alike);
                    (last, alike) = (distance, 0);
                }
                alike++;
            }
        }
        Add(last, alike);
        if (all < 3)
            return;
        (double usual, long often) = counts.MaxBy(pair => pair.Value) is var most ? (most.Key, most.Value) : default;
        long near = counts.Where(pair => Math.Abs(pair.Key - usual) <= 0.1 * usual).Sum(pair => pair.Value);
        if (near < MostSteps * all)
        {
            remarks.Add("uneven steps",
                $"Steps are not evenly spaced in time: {times.Describe(counts.Keys.Min())} to {times.Describe(counts.Keys.Max())} "
                    + "apart. A model sees only their order; add the time since the last step as a channel if it matters.");
            return;
        }
        for (int i = 0; i < count; i++)
        {
            foreach ((int row, double distance) in Distances(timesOf(i)))
            {
                if (distance <= Late * usual)
                    continue;
                (string which, string before) = place(i, row);
                remarks.Add("gaps in time", $"{which} has a gap before {before}: "
                    + $"{times.Describe(distance)} after the last step, where {times.Describe(usual)} is usual. A model does not see "
                    + "gaps; add rows with ? and choose --missing if it matters.");
            }
        }

        void Add(double distance, long times)
        {
            if (times > 0 && (counts.Count < 10_000 || counts.ContainsKey(distance)))
                counts[distance] = counts.GetValueOrDefault(distance) + times;
        }
    }

    /// <summary>Returns the rows of a sequence in the order of time, each with its distance from the previous one.</summary>
    private static IEnumerable<(int Row, double Distance)> Distances(StepTimes? times)
    {
        if (times is null)
            yield break;
        int[]? rows = times.Ordered ? null : [.. Enumerable.Range(0, times.Count)];
        if (rows is not null)
            Array.Sort(rows.Select(row => times[row]).ToArray(), rows);
        for (int t = 1; t < times.Count; t++)
        {
            (int row, int before) = rows is null ? (t, t - 1) : (rows[t], rows[t - 1]);
            yield return (row, times[row] - times[before]);
        }
    }
}
