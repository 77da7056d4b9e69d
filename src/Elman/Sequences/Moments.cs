namespace Elman.Sequences;

/// <summary>
/// Mean and standard deviation of numbers that are added one by one, by B. Welford's update (1962). It is numerically stable for any mean.
/// </summary>
internal static class Moments
{
    /// <summary>Adds a number.</summary>
    /// <param name="value">The number.</param>
    /// <param name="count">The number of numbers, including the added one.</param>
    /// <param name="mean">The mean.</param>
    /// <param name="squares">The sum of the squared distances from the mean.</param>
    public static void Add(double value, long count, ref double mean, ref double squares)
    {
        double fromOldMean = value - mean;
        mean += fromOldMean / count;
        squares += fromOldMean * (value - mean);
    }

    /// <summary>Returns the standard deviation <c>√(squares/count)</c>; 0 if all numbers are equal or there are none.</summary>
    public static double Deviation(double mean, double squares, long count)
    {
        double deviation = Math.Sqrt(squares / Math.Max(count, 1));
        // Because of rounding, equal numbers can have a deviation that is not exactly 0.
        return deviation > 1e-9 * Math.Abs(mean) && deviation > 1e-30 ? deviation : 0;
    }
}
