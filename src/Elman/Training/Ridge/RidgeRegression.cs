using Elman.Kernels;

namespace Elman.Training.Ridge;

/// <summary>
/// Least squares with a penalty (A. Hoerl and R. Kennard, "Ridge regression", 1970) over rows that are added one by one. An output that is
/// not known in a row is left out only in that row.
/// </summary>
/// <remarks>
/// With n rows, p features and k groups of outputs that are known in the same rows, it stores <c>min(n·p·4, p²·8)·k</c> bytes and a sample
/// of 2,048 rows. Solving needs <c>min(n, p)²·8</c> bytes more, one group at a time (twice that while n &lt; p).
/// </remarks>
internal sealed class RidgeRegression : IDisposable
{
    private readonly List<RidgeGroup> _groups = [];
    private readonly RowSample _sample = new();

    /// <summary>Creates a problem without rows.</summary>
    /// <param name="features">The number of inputs of the output layer, p.</param>
    /// <param name="outputs">The number of outputs.</param>
    /// <param name="workers">The threads to use.</param>
    public RidgeRegression(int features, int outputs, Workers workers)
        : this(features, outputs, workers, mostRows: features, KernelCatalog.Default<double>())
    {
    }

    /// <summary>The same, with the form chosen by the caller.</summary>
    /// <param name="features">The number of inputs of the output layer, p.</param>
    /// <param name="outputs">The number of outputs.</param>
    /// <param name="workers">The threads to use.</param>
    /// <param name="mostRows">The number of rows from which on sums are stored.</param>
    /// <param name="kernels">The kernels to use.</param>
    internal RidgeRegression(int features, int outputs, Workers workers, int mostRows, KernelSet<double> kernels) =>
        _groups.Add(new RidgeGroup(features, [.. Enumerable.Range(0, outputs)], mostRows, workers, kernels));

    private RidgeRegression(IEnumerable<RidgeGroup> groups, RowSample sample)
    {
        _groups.AddRange(groups);
        _sample = sample;
    }

    /// <summary>Adds a row.</summary>
    /// <param name="features">The features.</param>
    /// <param name="about">Target, weight and position of the row.</param>
    public void Add(ReadOnlySpan<float> features, RidgeCase about)
    {
        bool isKnown = false;
        for (int g = 0; g < _groups.Count; g++)
        {
            int known = 0;
            foreach (int output in _groups[g].Outputs)
                known += double.IsNaN(about.Target[output]) ? 0 : 1;
            if (known > 0 && known < _groups[g].Outputs.Length)
                Split(g, about.Target); // the group now has the known outputs; a new group for the others is at the end of the list
            if (known > 0)
                _groups[g].Add(features, about);
            isKnown |= known > 0;
        }
        if (isKnown)
            _sample.Offer(features, about);
    }

    /// <summary>Returns the solution for every group of outputs, or <see langword="null"/> if the penalty is too small for one of
    /// them.</summary>
    /// <param name="ridge">The penalty λ of <see cref="FixedPenalty"/>, or <see langword="null"/> to choose that of each group by
    /// leave-one-out.</param>
    public RidgeSolution[]? Solve(double? ridge)
    {
        RidgePenalty penalty = ridge is double fixedRidge ? new FixedPenalty(fixedRidge) : new ChosenPenalty();
        SampledRow[] sample = _sample.Rows;
        var solutions = new List<RidgeSolution>();
        foreach (RidgeGroup group in _groups)
        {
            if (group.Solve(penalty, sample) is not { } solution)
                return null;
            solutions.Add(solution);
        }
        return [.. solutions];
    }

    /// <summary>Returns a copy, to which rows can be added independently.</summary>
    public RidgeRegression Clone() => new(_groups.Select(group => group.Clone(group.Outputs)), _sample.Clone());

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (RidgeGroup group in _groups)
            group.Dispose();
    }

    /// <summary>Splits a group whose outputs are not all known in a row.</summary>
    private void Split(int index, double[] target)
    {
        using RidgeGroup group = _groups[index];
        _groups[index] = group.Clone([.. group.Outputs.Where(output => !double.IsNaN(target[output]))]);
        _groups.Add(group.Clone([.. group.Outputs.Where(output => double.IsNaN(target[output]))]));
    }
}
