namespace Elman.Sequences;

/// <summary>
/// Mean and deviation of numbers that come one by one, by B. Welford's update (1962): stable however far the numbers are from zero.
/// </summary>
internal static class Moments
{
    /// <summary>Adds a number.</summary>
    /// <param name="value">The number.</param>
    /// <param name="count">Their number with it.</param>
    /// <param name="mean">Their mean.</param>
    /// <param name="squares">The sum of their squared distances from it.</param>
    public static void Add(double value, long count, ref double mean, ref double squares)
    {
        double fromOldMean = value - mean;
        mean += fromOldMean / count;
        squares += fromOldMean * (value - mean);
    }

    /// <summary>The deviation <c>√(squares/count)</c>; 0 where all numbers are the same or there are none.</summary>
    public static double Deviation(double mean, double squares, long count)
    {
        double deviation = Math.Sqrt(squares / Math.Max(count, 1));
        // Rounding leaves numbers that are all the same with a deviation that is not quite 0.
        return deviation > 1e-9 * Math.Abs(mean) && deviation > 1e-30 ? deviation : 0;
    }
}
