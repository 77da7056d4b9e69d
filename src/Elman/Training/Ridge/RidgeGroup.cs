using System.Numerics.Tensors;
using Elman.Kernels;

namespace Elman.Training.Ridge;

/// <summary>
/// The stored data of the rows in which the same outputs are known: the rows themselves while there are fewer rows than features, their
/// sums from then on.
/// </summary>
internal sealed class RidgeGroup : IDisposable
{
    private readonly int _features;
    private readonly int _mostRows;
    private readonly Workers _workers;
    private readonly KernelSet<double> _kernels;
    private RidgeRows? _rows;
    private RidgeSums? _sums;

    /// <summary>Creates an empty group.</summary>
    /// <param name="features">The number of features of a row, p.</param>
    /// <param name="outputs">The indices of the model's outputs.</param>
    /// <param name="mostRows">The number of rows from which on sums are stored, at least 1: p.</param>
    /// <param name="workers">The threads to use.</param>
    /// <param name="kernels">The kernels to use.</param>
    public RidgeGroup(int features, int[] outputs, int mostRows, Workers workers, KernelSet<double> kernels)
    {
        (_features, Outputs, _mostRows, _workers, _kernels) = (features, outputs, mostRows, workers, kernels);
        _rows = new RidgeRows(features);
    }

    /// <summary>The indices of the model's outputs.</summary>
    public int[] Outputs { get; }

    /// <summary>Adds a row in which all outputs of the group are known.</summary>
    public void Add(ReadOnlySpan<float> features, RidgeCase about)
    {
        if (_sums is not null)
        {
            _sums.Add(features, about);
            return;
        }
        _rows!.Add(features, about);
        if (_rows.Cases.Count >= _mostRows)
            TurnIntoSums(_rows);
    }

    /// <summary>Returns a copy for some of the outputs, to which rows can be added independently.</summary>
    public RidgeGroup Clone(int[] outputs)
    {
        var clone = new RidgeGroup(_features, outputs, _mostRows, _workers, _kernels);
        clone._rows!.Dispose();
        (clone._rows, clone._sums) = (_rows?.Clone(), _sums?.Clone(outputs));
        return clone;
    }

    /// <summary>Returns the solution, or <see langword="null"/> if the equations are too ill-conditioned.</summary>
    /// <param name="penalty">The choice of the penalty.</param>
    /// <param name="sample">The cases for leave-one-out predictions, if not all rows are stored.</param>
    public RidgeSolution? Solve(RidgePenalty penalty, SampledRow[] sample)
    {
        if (_rows is { Cases.Count: 0 })
            return new RidgeSolution(Outputs, _features); // no row has targets for these outputs: 0
        using IRidgeForm form = _sums is not null
            ? new PrimalForm(_sums, [.. sample.Where(row => !double.IsNaN(row.Case.Target[Outputs[0]]))], penalty, _workers, _kernels)
            : new DualForm(_rows!, _features, Outputs, penalty, _workers, _kernels);
        return penalty.Solve(form, new RidgeSolution(Outputs, _features));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _rows?.Dispose();
        _sums?.Dispose();
    }

    private void TurnIntoSums(RidgeRows rows)
    {
        double[] shift = new double[_features], row = new double[_features];
        for (int i = 0; i < rows.Cases.Count; i++)
        {
            TensorPrimitives.ConvertTruncating(rows.Row(i), row.AsSpan());
            TensorPrimitives.FusedMultiplyAdd(row, 1.0 / rows.Cases.Count, shift, shift);
        }
        _sums = new RidgeSums(shift, Outputs, _workers, _kernels);
        for (int i = 0; i < rows.Cases.Count; i++)
            _sums.Add(rows.Row(i), rows.Cases[i]);
        rows.Dispose();
        _rows = null;
    }
}
