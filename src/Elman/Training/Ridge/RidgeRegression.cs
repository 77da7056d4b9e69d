using Elman.Kernels;

namespace Elman.Training.Ridge;

/// <summary>
/// Least squares with a penalty (A. Hoerl and R. Kennard, "Ridge regression", 1970) over rows that come one after the other; rows that come
/// later join those that came before. An output that is not known in a row is left out there, and there alone.
/// </summary>
/// <remarks>
/// With n rows, p features and k groups of outputs that are known in the same rows, it keeps <c>min(n·p·4, p²·8)·k</c> bytes and a sample
/// of 2,048 rows, and takes, one group at a time, <c>min(n, p)²·8</c> bytes more to solve (twice that while n &lt; p).
/// </remarks>
internal sealed class RidgeRegression : IDisposable
{
    private readonly List<RidgeGroup> _groups = [];
    private readonly RowSample _sample = new();

    /// <summary>Of no row yet.</summary>
    /// <param name="features">Numbers that go into the output layer, p.</param>
    /// <param name="outputs">The number of outputs.</param>
    /// <param name="workers">The threads to use.</param>
    public RidgeRegression(int features, int outputs, Workers workers)
        : this(features, outputs, workers, mostRows: features, KernelCatalog.Default<double>())
    {
    }

    /// <summary>The same with the form chosen by the caller.</summary>
    /// <param name="features">Numbers that go into the output layer, p.</param>
    /// <param name="outputs">The number of outputs.</param>
    /// <param name="workers">The threads to use.</param>
    /// <param name="mostRows">The number of rows that make sums of them.</param>
    /// <param name="kernels">The kernels.</param>
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
                Split(g, about.Target); // those that are known stand here now, the others at the end of the list
            if (known > 0)
                _groups[g].Add(features, about);
            isKnown |= known > 0;
        }
        if (isKnown)
            _sample.Offer(features, about);
    }

    /// <summary>The solution for every group of outputs, or <see langword="null"/> where the penalty is too small for one.</summary>
    /// <param name="ridge">The penalty λ of <see cref="FixedPenalty"/>, or <see langword="null"/> to choose each group's by leaving
    /// out one case at a time.</param>
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

    /// <summary>The same rows, to which others can be added.</summary>
    public RidgeRegression Clone() => new(_groups.Select(group => group.Clone(group.Outputs)), _sample.Clone());

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (RidgeGroup group in _groups)
            group.Dispose();
    }

    /// <summary>Outputs that were known in the same rows until now no longer are.</summary>
    private void Split(int index, double[] target)
    {
        using RidgeGroup group = _groups[index];
        _groups[index] = group.Clone([.. group.Outputs.Where(output => !double.IsNaN(target[output]))]);
        _groups.Add(group.Clone([.. group.Outputs.Where(output => double.IsNaN(target[output]))]));
    }
}
