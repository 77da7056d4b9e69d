namespace Elman.Training.Ridge;

/// <summary>The size of the ridge penalty and the scale of the features for it.</summary>
internal abstract class RidgePenalty
{
    /// <summary>The factor for each centred feature; 0 leaves it out.</summary>
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
/// A given penalty λ, relative to the mean variance s of the unscaled features: <c>min Σ w·(x·β + c − y)² + λ·s·W·‖β‖²</c>, with W the sum
/// of w.
/// </summary>
/// <param name="ridge">λ, above 0.</param>
internal sealed class FixedPenalty(double ridge) : RidgePenalty
{
    /// <inheritdoc/>
    public override double[] Scales(double[] means, double[] variances)
    {
        // The variance of nearly constant features is mostly rounding error. Features that are all 0 have no variance.
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
/// A penalty π chosen by leave-one-out: <c>min Σ w·(z·β + c − y)² + π·p·‖β‖²</c>, with z the features scaled to mean 0 and standard
/// deviation 1 over the cases, and p their number. From 13 values, evenly spaced in their logarithm from 10⁻⁴ to 100, the one with the
/// smallest mean squared error over held-out cases is used.
/// </summary>
/// <remarks>
/// A feature with a standard deviation below 10⁻⁶ of its root mean square, which is hardly more than rounding in float, is left out: its
/// weight is 0, and it does not count in p. If the matrix to factor has at most 1,024 rows, all 13 values are tried. Larger ones use a
/// search (<see cref="PenaltySearch"/>), which in the primal form uses 512 of the cases and float (<see cref="PrimalForm"/>). The solution
/// and its leave-one-out predictions are computed in double, with the whole sample.
/// </remarks>
internal sealed class ChosenPenalty : RidgePenalty
{
    /// <summary>The number of penalties in the grid.</summary>
    public const int Count = 13;

    /// <summary>The maximum number of rows of the matrix for which all penalties are tried, in double and on all cases.</summary>
    public const int CheapSize = 1024;

    private const double LeastDeviation = 1e-6;

    /// <summary>Returns a penalty of the grid.</summary>
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
