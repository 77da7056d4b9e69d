using System.Numerics.Tensors;
using Elman.Kernels;

namespace Elman.Training.Ridge;

/// <summary>
/// Dual form of least squares, over cases, for fewer cases n than features p: with Z the centred and scaled features, each row times √w,
/// and K = ZZᵀ, <c>α = (K + λI)⁻¹·y</c> and <c>β = Zᵀα</c> (C. Saunders and others, "Ridge regression learning algorithm in dual
/// variables", 1998).
/// </summary>
/// <remarks>
/// <para>
/// The leave-one-out residual of a case is <c>α_i/(g_i·√w_i)</c>, where g is the diagonal of <c>(K + λI)⁻¹ − qqᵀ/λ</c> and
/// <c>q = √(w/W)</c>: the bias is fitted again without the case, too. The leverage is <c>h_i = 1 − λ·g_i</c>.
/// </para>
/// <para>
/// Since the features are centred, q is an eigenvector of K with the eigenvalue 0. Then <c>1/λ</c> would dominate the inverse, and g would
/// lose its digits to cancellation. So <c>c·qqᵀ</c> is added to K, with c its mean eigenvalue, and <c>1/(c + λ)</c> is subtracted instead.
/// </para>
/// <para>Memory: <c>2·n²·8</c> bytes, in addition to the rows, and 512 features of every case in double.</para>
/// </remarks>
internal sealed unsafe class DualForm : IRidgeForm
{
    private const int FeaturesAtOnce = 2 * GradientBlock.Rows;

    private readonly RidgeRows _rows;
    private readonly int[] _outputs;
    private readonly RidgeCase[] _cases;
    private readonly double[] _means; // [p]
    private readonly double[] _scales; // [p]
    private readonly double[] _roots; // [n]: √w
    private readonly double[] _outputMeans; // [O]
    private readonly NativeBuffer<double> _gram; // [n, n]: K + c·qqᵀ
    private readonly NativeBuffer<double> _alpha; // [n, O]
    private readonly CholeskyFactor<double> _factor;
    private readonly Workers _workers;
    private readonly double _shift; // c
    private double _penalty = double.NaN;
    private LeaveOneOut? _leftOut;

    /// <summary>Computes the means and the matrix K.</summary>
    public DualForm(RidgeRows rows, int features, int[] outputs, RidgePenalty penalty, Workers workers, KernelSet<double> kernels)
    {
        (_rows, _outputs, _workers) = (rows, outputs, workers);
        _cases = [.. rows.Cases];
        Count = _cases.Sum(c => c.Weight);
        _roots = [.. _cases.Select(c => Math.Sqrt(c.Weight))];
        _outputMeans = [.. outputs.Select(output => _cases.Sum(c => c.Weight * c.Target[output]) / Count)];
        (_means, double[] variances) = Moments(features);
        _scales = penalty.Scales(_means, variances);
        LiveFeatures = _scales.Count(scale => scale > 0);
        _factor = new CholeskyFactor<double>(Size, workers, kernels);
        _gram = new(Size * (long)_factor.Stride);
        _alpha = new((long)Size * outputs.Length);
        Multiply(kernels);
        double trace = 0;
        for (int i = 0; i < Size; i++)
            trace += Gram(i)[i];
        _shift = trace / Size;
        for (int i = 0; i < Size; i++)
            TensorPrimitives.FusedMultiplyAdd(_roots.AsSpan(i), _shift / Count * _roots[i], Gram(i)[i..], Gram(i)[i..]);
    }

    /// <inheritdoc/>
    public int Size => _cases.Length;

    /// <inheritdoc/>
    public double Count { get; }

    /// <inheritdoc/>
    public int LiveFeatures { get; }

    /// <inheritdoc/>
    public bool Factor(double penalty)
    {
        if (penalty == _penalty)
            return true;
        (_penalty, _leftOut) = (penalty, null);
        for (int i = 0; i < Size; i++)
        {
            var row = new Span<double>(_factor.Start + (i * _factor.Stride), Size);
            Gram(i)[i..].CopyTo(row[i..]);
            row[i] += penalty;
        }
        return _factor.Factor();
    }

    /// <inheritdoc/>
    public double? SearchError(double penalty) => Factor(penalty) ? LeaveOut().Error() : null;

    /// <inheritdoc/>
    public LeaveOneOut LeaveOut() => _leftOut ??= LeaveOutAll();

    /// <inheritdoc/>
    public void Write(RidgeSolution solution)
    {
        int parts = TaskRun.Parts(_workers, _outputs.Length, (long)Size * _means.Length * _outputs.Length);
        var task = new WeightTask(this, solution);
        TaskRun.Run(_workers, ref task, _outputs.Length, parts);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _factor.Dispose();
        _gram.Dispose();
        _alpha.Dispose();
    }

    private LeaveOneOut LeaveOutAll()
    {
        var leftOut = new LeaveOneOut(_outputs, _cases);
        double[] inverse = _factor.InverseDiagonal();
        for (int i = 0; i < Size; i++)
            for (int o = 0; o < _outputs.Length; o++)
                Alpha(i)[o] = _roots[i] * (_cases[i].Target[_outputs[o]] - _outputMeans[o]);
        _factor.SolveTransposed(_alpha.Start, _outputs.Length, _outputs.Length);
        _factor.SolveUpper(_alpha.Start, _outputs.Length, _outputs.Length);
        double[] along = new double[_outputs.Length]; // the component of α along q that rounding has left, times √W
        for (int i = 0; i < Size; i++)
            TensorPrimitives.FusedMultiplyAdd(Alpha(i), _roots[i], along, along);
        for (int i = 0; i < Size; i++)
        {
            TensorPrimitives.FusedMultiplyAdd(along, -_roots[i] / Count, Alpha(i), Alpha(i));
            double slack = _penalty * (inverse[i] - (_cases[i].Weight / Count / (_shift + _penalty)));
            for (int o = 0; o < _outputs.Length; o++)
                leftOut.Set(i, slack, o, _penalty * Alpha(i)[o] / _roots[i]);
        }
        return leftOut;
    }

    private Span<double> Gram(int row) => new(_gram.Start + (row * _factor.Stride), Size);

    private Span<double> Alpha(int row) => new(_alpha.Start + ((nint)row * _outputs.Length), _outputs.Length);

    private (double[] Means, double[] Variances) Moments(int features)
    {
        double[] means = new double[features], variances = new double[features], row = new double[features];
        for (int i = 0; i < Size; i++)
        {
            TensorPrimitives.ConvertTruncating(_rows.Row(i), row.AsSpan());
            TensorPrimitives.FusedMultiplyAdd(row, _cases[i].Weight / Count, means, means);
        }
        for (int i = 0; i < Size; i++)
        {
            TensorPrimitives.ConvertTruncating(_rows.Row(i), row.AsSpan());
            TensorPrimitives.Subtract(row, means, row);
            TensorPrimitives.Multiply(row, row, row);
            TensorPrimitives.FusedMultiplyAdd(row, _cases[i].Weight / Count, variances, variances);
        }
        return (means, variances);
    }

    /// <summary>Computes K, a block of features at a time.</summary>
    private void Multiply(KernelSet<double> kernels)
    {
        using var product = new SymmetricProduct(kernels, _workers);
        nint stride = _factor.Stride;
        using var block = new NativeBuffer<double>(Math.Min(FeaturesAtOnce, _means.Length) * (long)stride);
        for (int first = 0; first < _means.Length; first += FeaturesAtOnce)
        {
            int some = Math.Min(FeaturesAtOnce, _means.Length - first);
            const int Together = 16;
            int tasks = (Size + Together - 1) / Together;
            var task = new TransposeTask(this, block.Start, first, some, Together);
            TaskRun.Run(_workers, ref task, tasks, TaskRun.Parts(_workers, tasks, (long)Size * some));
            product.Add(block.Start, stride, some, Size, _gram.Start, stride);
        }
    }

    /// <summary>Scales and transposes a block of features for a range of cases.</summary>
    private readonly struct TransposeTask(DualForm form, double* block, int firstFeature, int features, int cases) : ITask
    {
        public void Execute(int task, int part)
        {
            nint stride = form._factor.Stride;
            int end = Math.Min((task + 1) * cases, form.Size);
            for (int i = task * cases; i < end; i++)
            {
                ReadOnlySpan<float> row = form._rows.Row(i).Slice(firstFeature, features);
                ReadOnlySpan<double> means = form._means.AsSpan(firstFeature, features),
                    scales = form._scales.AsSpan(firstFeature, features);
                double* target = block + i;
                double root = form._roots[i];
                for (int f = 0; f < row.Length; f++, target += stride)
                    *target = (row[f] - means[f]) * scales[f] * root;
            }
        }
    }

    /// <summary>Computes the weights and the bias of an output.</summary>
    private readonly struct WeightTask(DualForm form, RidgeSolution solution) : ITask
    {
        public void Execute(int task, int part)
        {
            double[] weights = solution.Weights[task], row = new double[weights.Length];
            for (int i = 0; i < form.Size; i++)
            {
                TensorPrimitives.ConvertTruncating(form._rows.Row(i), row.AsSpan());
                TensorPrimitives.Subtract(row, form._means, row);
                TensorPrimitives.FusedMultiplyAdd(row, form._roots[i] * form.Alpha(i)[task], weights, weights);
            }
            TensorPrimitives.Multiply(weights, form._scales, weights);
            TensorPrimitives.Multiply(weights, form._scales, weights);
            double bias = form._outputMeans[task];
            for (int f = 0; f < weights.Length; f++)
                bias = Math.FusedMultiplyAdd(-form._means[f], weights[f], bias);
            solution.Biases[task] = bias;
        }
    }
}
