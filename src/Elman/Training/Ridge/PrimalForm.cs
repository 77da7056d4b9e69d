using System.Numerics.Tensors;
using Elman.Kernels;

namespace Elman.Training.Ridge;

/// <summary>
/// Primal form of least squares, over features, for at least as many cases as features p, computed from sums: with Z the centred and scaled
/// features, each row times √w, <c>β = (ZᵀZ + λI)⁻¹·Zᵀy</c>.
/// </summary>
/// <remarks>
/// With more than 1,024 features the penalty is searched in float, with 512 cases. The rounding of float acts like an additional penalty
/// of about 10⁻⁷·n·√p, which is small compared with the smallest of the grid, 10⁻⁴·p. If the factorisation fails in float, double is used.
/// Memory: <c>p²·8</c> bytes, or <c>p²·12</c> during a search in float, in addition to the sums, and 192 cases for each thread.
/// </remarks>
internal sealed unsafe class PrimalForm : IRidgeForm
{
    private const int SearchCases = 512;

    private readonly Workers _workers;
    private readonly SampledRow[] _sample;
    private readonly PrimalFactor<double> _factor;
    private PrimalFactor<float>? _search;
    private double _penalty = double.NaN;
    private LeaveOneOut? _leftOut;

    /// <summary>Computes the means.</summary>
    public PrimalForm(RidgeSums sums, SampledRow[] sample, RidgePenalty penalty, Workers workers, KernelSet<double> kernels)
    {
        (Sums, _sample, _workers) = (sums, sample, workers);
        sums.Flush();
        Count = sums.Count;
        Means = new double[Size];
        double[] variances = new double[Size], means = new double[Size];
        for (int i = 0; i < Size; i++)
        {
            Span<double> row = sums.Row(i);
            Means[i] = row[Size] / Count;
            variances[i] = Math.Max(0, (row[i] / Count) - (Means[i] * Means[i]));
        }
        TensorPrimitives.Add<double>(Means, sums.Shift, means);
        Scales = penalty.Scales(means, variances);
        LiveFeatures = Scales.Count(scale => scale > 0);
        OutputMeans = [.. sums.Row(Size)[(Size + 1)..].ToArray().Select(sum => sum / Count)];
        _factor = new PrimalFactor<double>(this, workers, kernels);
    }

    /// <inheritdoc/>
    public int Size => Sums.Features;

    /// <inheritdoc/>
    public double Count { get; }

    /// <inheritdoc/>
    public int LiveFeatures { get; }

    /// <summary>The sums.</summary>
    public RidgeSums Sums { get; }

    /// <summary>The means of the features relative to the shift of the sums, <c>[p]</c>.</summary>
    public double[] Means { get; }

    /// <summary>The scale factors of the centred features, <c>[p]</c>.</summary>
    public double[] Scales { get; }

    /// <summary>The means of the outputs, <c>[O]</c>.</summary>
    public double[] OutputMeans { get; }

    /// <inheritdoc/>
    public bool Factor(double penalty)
    {
        if (penalty == _penalty)
            return true;
        (_penalty, _leftOut) = (penalty, null);
        _search?.Dispose();
        _search = null;
        return _factor.Factor(penalty);
    }

    /// <inheritdoc/>
    public double? SearchError(double penalty)
    {
        if (Size > ChosenPenalty.CheapSize)
        {
            _search ??= new PrimalFactor<float>(this, _workers, KernelCatalog.Default<float>());
            SampledRow[] cases = _sample[..Math.Min(SearchCases, _sample.Length)];
            if (_search.Factor(penalty))
                return _search.LeaveOut(cases).Error();
            if (!_factor.Factor(penalty))
                return null;
            _penalty = double.NaN;
            return _factor.LeaveOut(cases).Error();
        }
        return Factor(penalty) ? LeaveOut().Error() : null;
    }

    /// <inheritdoc/>
    public LeaveOneOut LeaveOut() => _leftOut ??= _factor.LeaveOut(_sample);

    /// <inheritdoc/>
    public void Write(RidgeSolution solution)
    {
        double[][] weights = _factor.Weights();
        for (int o = 0; o < OutputMeans.Length; o++)
        {
            double bias = OutputMeans[o];
            for (int i = 0; i < Size; i++)
            {
                double weight = solution.Weights[o][i] = weights[o][i] * Scales[i];
                bias = Math.FusedMultiplyAdd(-(Means[i] + Sums.Shift[i]), weight, bias);
            }
            solution.Biases[o] = bias;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _factor.Dispose();
        _search?.Dispose();
    }
}
