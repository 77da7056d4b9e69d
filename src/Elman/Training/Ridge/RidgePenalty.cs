namespace Elman.Training.Ridge;

/// <summary>How features are scaled for the penalty, and how great it is.</summary>
internal abstract class RidgePenalty
{
    /// <summary>What each centred feature is multiplied by; 0 leaves it out.</summary>
    /// <param name="means">The mean of each feature.</param>
    /// <param name="variances">The variance of each feature.</param>
    public abstract double[] Scales(double[] means, double[] variances);

    /// <summary>Solves a problem.</summary>
    /// <param name="form">The problem.</param>
    /// <param name="solution">Receives the solution.</param>
    /// <returns>The solution, or <see langword="null"/> if the equations are too ill-conditioned.</returns>
    public abstract RidgeSolution? Solve(IRidgeForm form, RidgeSolution solution);
}

/// <summary>
/// A given penalty λ, as a share of the mean variance s of the features as they are:
/// <c>min Σ w·(x·β + c − y)² + λ·s·W·‖β‖²</c>, W the sum of w.
/// </summary>
/// <param name="ridge">λ, above 0.</param>
internal sealed class FixedPenalty(double ridge) : RidgePenalty
{
    /// <inheritdoc/>
    public override double[] Scales(double[] means, double[] variances)
    {
        // The variance of nearly constant features is mostly rounding; features that are all 0 have none.
        double sum = 0, squares = 0;
        for (int i = 0; i < means.Length; i++)
            (sum, squares) = (sum + variances[i], squares + variances[i] + (means[i] * means[i]));
        double scale = 1 / Math.Sqrt(Math.Max(Math.Max(sum, 1e-8 * squares) / means.Length, 1e-30));
        return [.. means.Select(_ => scale)];
    }

    /// <inheritdoc/>
    public override RidgeSolution? Solve(IRidgeForm form, RidgeSolution solution)
    {
        if (!form.Factor(ridge * form.Count))
            return null;
        LeaveOneOut leftOut = form.LeaveOut();
        solution.Penalty = ridge;
        solution.Curve = [(ridge, leftOut.Error())];
        solution.LeftOut = leftOut.Known();
        form.Write(solution);
        return solution;
    }
}

/// <summary>
/// The penalty π by leave-one-out: <c>min Σ w·(z·β + c − y)² + π·p·‖β‖²</c>, z the features with mean 0 and deviation 1 over the cases, p
/// how many there are, for the π of 13 from 10⁻⁴ to 100, evenly spaced in their logarithm,
/// whose mean squared error over held-out cases is least.
/// </summary>
/// <remarks>
/// A feature with a deviation below 10⁻⁶ of its own root mean square, in float hardly more than rounding, is left out: its weight is 0, and
/// it does not count in p. While the matrix to factor has at most 1,024 rows, all 13 are tried. Larger ones are searched
/// (<see cref="PenaltySearch"/>), over features by 512 of the cases and in float (<see cref="PrimalForm"/>); the solution and the cases
/// that come with it are computed in double, with all of the sample.
/// </remarks>
internal sealed class ChosenPenalty : RidgePenalty
{
    /// <summary>Penalties in the grid.</summary>
    public const int Count = 13;

    /// <summary>Up to this many rows and columns all penalties are tried, in double and by all cases.</summary>
    public const int CheapSize = 1024;

    private const double LeastDeviation = 1e-6;

    /// <summary>A penalty of the grid.</summary>
    public static double At(int index) => Math.Pow(10, (index / 2.0) - 4);

    /// <inheritdoc/>
    public override double[] Scales(double[] means, double[] variances) =>
        [.. means.Zip(variances, (mean, variance) =>
            variance > LeastDeviation * LeastDeviation * (variance + (mean * mean)) ? 1 / Math.Sqrt(variance) : 0)];

    /// <inheritdoc/>
    public override RidgeSolution? Solve(IRidgeForm form, RidgeSolution solution)
    {
        double[]? errors = form.Size <= CheapSize ? PenaltySearch.All(Count, Error) : PenaltySearch.Walk(Count, Error);
        if (errors is null)
            return null;
        int best = PenaltySearch.Best(errors);
        if (!form.Factor(Absolute(best)))
            return null;
        solution.Penalty = At(best);
        solution.Curve = [.. Enumerable.Range(0, Count).Where(i => !double.IsNaN(errors[i])).Select(i => (At(i), errors[i]))];
        solution.LeftOut = form.LeaveOut().Known();
        form.Write(solution);
        return solution;

        double Absolute(int index) => At(index) * Math.Max(1, form.LiveFeatures);

        double? Error(int index) => form.SearchError(Absolute(index));
    }
}
