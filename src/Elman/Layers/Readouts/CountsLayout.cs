namespace Elman.Layers;

/// <summary>Which numbers a <see cref="CountsReadout{T}"/> keeps and gives: vectors of W numbers, one for each value that a step gives.</summary>
/// <param name="HasHalves">Whether it also counts both halves of a sequence.</param>
/// <param name="HasValues">Whether it also gives mean, last and greatest value.</param>
/// <remarks>
/// State: totals, then partial sums of the last steps, which join the totals every <see cref="StepsOfASum"/> steps. Totals are the counts, the sum of
/// magnitudes; the counts of the half that is read first; sum, last and greatest value. Partial sums are those of counts, magnitudes and values.
/// </remarks>
internal readonly record struct CountsLayout(bool HasHalves, bool HasValues)
{
    /// <summary>Thresholds of a unit.</summary>
    public const int Thresholds = 5;

    /// <summary>So many steps are summed on their own before the sum joins the whole, so that long sequences lose few digits and counts do not get stuck.</summary>
    public const int StepsOfASum = 256;

    /// <summary>Vectors that every kind has: the counts, and the sum of magnitudes.</summary>
    public const int Sums = Thresholds + 1;

    /// <summary>Shares of the whole sequence and mean magnitude.</summary>
    public static CountsLayout Whole => new(false, false);

    /// <summary>The same, and the shares of both halves.</summary>
    public static CountsLayout Halves => new(true, false);

    /// <summary>The same, and mean, last and greatest value.</summary>
    public static CountsLayout Full => new(true, true);

    /// <summary>Vectors of totals.</summary>
    public int Totals => Sums + (HasHalves ? Thresholds : 0) + (HasValues ? 3 : 0);

    /// <summary>Where among the totals the sum of values is; the last value and the greatest follow.</summary>
    public const int SumOfValues = Sums + Thresholds;

    /// <summary>Vectors of the state.</summary>
    public int StateVectors => Totals + Sums + (HasValues ? 1 : 0);

    /// <summary>Vectors of features: shares of steps above each threshold, mean magnitude; shares of the first and of the second half; mean, last and greatest value.</summary>
    public int FeatureVectors => Sums + (HasHalves ? 2 * Thresholds : 0) + (HasValues ? 3 : 0);

    /// <summary>Steps of the first half of a sequence; the second half has the rest, maybe none.</summary>
    public static int FirstHalf(int steps) => Math.Max(1, steps / 2);
}
