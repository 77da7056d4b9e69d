using Elman.Kernels;

namespace Elman.Training;

/// <summary>
/// Least squares with a penalty (A. Hoerl and R. Kennard, "Ridge regression", 1970) over rows that come one after the other; sums are all that is kept of
/// them, so that what comes later joins what came before. An output that is not known in a row is left out there, and there alone.
/// </summary>
internal sealed class RidgeRegression : IDisposable
{
    private readonly List<RidgeSums> _groups = [];

    /// <summary>Of no row yet.</summary>
    /// <param name="features">Numbers that go into the output layer.</param>
    /// <param name="outputs">Numbers that come out.</param>
    /// <param name="workers">Who works.</param>
    public RidgeRegression(int features, int outputs, Workers workers) => _groups.Add(new RidgeSums(features, [.. Enumerable.Range(0, outputs)], workers));

    private RidgeRegression(IEnumerable<RidgeSums> groups) => _groups.AddRange(groups);

    /// <summary>Adds a row.</summary>
    /// <param name="features">What goes into the output layer.</param>
    /// <param name="truth">What comes out in truth; NaN where that is not known.</param>
    /// <param name="weight">What the row counts, above 0.</param>
    public void Add(ReadOnlySpan<float> features, ReadOnlySpan<double> truth, double weight)
    {
        for (int g = 0; g < _groups.Count; g++)
        {
            int known = 0;
            foreach (int output in _groups[g].Outputs)
                known += double.IsNaN(truth[output]) ? 0 : 1;
            if (known > 0 && known < _groups[g].Outputs.Length)
                Split(g, truth); // those that are known stand here now, the others at the end of the list
            if (known > 0)
                _groups[g].Add(features, truth, weight);
        }
    }

    /// <summary>The solution for every group of outputs, or <see langword="null"/> where the penalty is too small for one.</summary>
    /// <param name="ridge">The penalty, λ.</param>
    public RidgeSolution[]? Solve(double ridge)
    {
        RidgeSolution[] solutions = [.. _groups.Select(group => group.Solve(ridge)).OfType<RidgeSolution>()];
        return solutions.Length == _groups.Count ? solutions : null;
    }

    /// <summary>The same rows, to which others can be added.</summary>
    public RidgeRegression Clone() => new(_groups.Select(group => group.Clone(group.Outputs)));

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (RidgeSums group in _groups)
            group.Dispose();
    }

    /// <summary>Outputs that were known in the same rows until now no longer are.</summary>
    private void Split(int index, ReadOnlySpan<double> truth)
    {
        using RidgeSums group = _groups[index];
        double[] values = truth.ToArray();
        _groups[index] = group.Clone([.. group.Outputs.Where(output => !double.IsNaN(values[output]))]);
        _groups.Add(group.Clone([.. group.Outputs.Where(output => double.IsNaN(values[output]))]));
    }
}
