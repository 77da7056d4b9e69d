namespace Elman.Evaluations;

/// <summary>
/// The interval of an area under a ROC curve (R. Newcombe, 2006, method 5): the areas θ from which the estimate is no more than z standard
/// errors away, with the error that J. Hanley and B. McNeil (1982) give for θ. Unlike a bootstrap interval it has a width where the
/// classes are separated perfectly.
/// </summary>
internal static class AreaInterval
{
    /// <summary>Computes the interval.</summary>
    /// <param name="area">The area; NaN if there is none.</param>
    /// <param name="positives">The number of cases of the class.</param>
    /// <param name="negatives">The number of other cases.</param>
    /// <param name="z">The normal limit, widened if the cases depend on each other.</param>
    /// <param name="level">The confidence level.</param>
    public static ConfidenceInterval Of(double area, double positives, double negatives, double z, double level)
    {
        if (double.IsNaN(area) || double.IsNaN(z))
            return ConfidenceInterval.Unknown(area, level);
        return new ConfidenceInterval(area, Limit(area, 0), Limit(area, 1), level);

        // The farthest area towards an end from which the estimate is no more than z standard errors away.
        double Limit(double near, double far)
        {
            for (int i = 0; i < 60; i++)
            {
                double middle = (near + far) / 2;
                bool isNear = Math.Abs(area - middle) <= z * Math.Sqrt(VarianceOf(middle, positives, negatives));
                (near, far) = isNear ? (middle, far) : (near, middle);
            }
            return (near + far) / 2;
        }
    }

    /// <summary>The variance of the estimate of an area (J. Hanley, B. McNeil, 1982; as R. Newcombe, 2006, writes it).</summary>
    public static double VarianceOf(double area, double positives, double negatives)
    {
        double pairs = ((positives + negatives) / 2) - 1;
        return area * (1 - area) * (1 + (pairs * (1 - area) / (2 - area)) + (pairs * area / (1 + area))) / (positives * negatives);
    }
}
