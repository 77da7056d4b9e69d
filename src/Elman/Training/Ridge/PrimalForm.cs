using System.Numerics.Tensors;
using Elman.Kernels;

namespace Elman.Training;

/// <summary>
/// Least squares over features, for at least as many cases as features p, from their sums: with Z the scaled features about their means, each row times √w,
/// <c>β = (ZᵀZ + λI)⁻¹·Zᵀy</c>.
/// </summary>
/// <remarks>
/// <para>
/// With <c>UᵀU = ZᵀZ + λI</c>, <c>t = U⁻ᵀz</c> of a case and <c>v = U⁻ᵀZᵀy</c>, the case is given <c>t·v</c> above the mean, and its leverage is
/// <c>h = w·(1/W + t·t)</c>, the first part for the bias. So leaving cases out takes one triangular solve, and no weights.
/// </para>
/// <para>Memory: <c>p²·8</c> bytes, beside the sums, and 192 cases in double for each thread.</para>
/// </remarks>
internal sealed unsafe class PrimalForm : IRidgeForm
{
    private const int CasesAtOnce = 192;

    private readonly RidgeSums _sums;
    private readonly SampledRow[] _sample;
    private readonly double[] _means; // [p], above the shift of the sums
    private readonly double[] _scales; // [p]
    private readonly double[] _outputMeans; // [O]
    private readonly NativeBuffer<double> _v; // [p, O]
    private readonly NativeBuffer<double> _scratch = new();
    private readonly CholeskyFactor _factor;
    private readonly Workers _workers;
    private readonly KernelSet<double> _kernels;

    /// <summary>Takes the means.</summary>
    public PrimalForm(RidgeSums sums, SampledRow[] sample, RidgePenalty penalty, Workers workers, KernelSet<double> kernels)
    {
        (_sums, _sample, _workers, _kernels) = (sums, sample, workers, kernels);
        sums.Flush();
        Count = sums.Count;
        _means = new double[Size];
        double[] variances = new double[Size];
        for (int i = 0; i < Size; i++)
        {
            Span<double> row = sums.Row(i);
            _means[i] = row[Size] / Count;
            variances[i] = Math.Max(0, (row[i] / Count) - (_means[i] * _means[i]));
        }
        double[] means = new double[Size];
        TensorPrimitives.Add<double>(_means, sums.Shift, means);
        _scales = penalty.Scales(means, variances);
        LiveFeatures = _scales.Count(scale => scale > 0);
        _outputMeans = [.. sums.Row(Size)[(Size + 1)..].ToArray().Select(sum => sum / Count)];
        _v = new((long)Size * _outputMeans.Length);
        _factor = new CholeskyFactor(Size, workers, kernels);
    }

    /// <inheritdoc/>
    public int Size => _sums.Features;

    /// <inheritdoc/>
    public int Cases => _sample.Length;

    /// <inheritdoc/>
    public double Count { get; }

    /// <inheritdoc/>
    public int LiveFeatures { get; }

    private int Outputs => _outputMeans.Length;

    /// <inheritdoc/>
    public bool Factor(double penalty)
    {
        const int Together = 16;
        int tasks = (Size + Together - 1) / Together;
        var task = new MatrixTask(this, penalty, Together);
        TaskRun.Run(_workers, ref task, tasks, TaskRun.Parts(_workers, tasks, (long)Size * Size));
        if (!_factor.Factor())
            return false;
        for (int i = 0; i < Size; i++)
            for (int o = 0; o < Outputs; o++)
                V(i)[o] = (_sums.Row(i)[Size + 1 + o] - (Count * _means[i] * _outputMeans[o])) * _scales[i];
        _factor.SolveTransposed(_v.Start, Outputs, Outputs);
        return true;
    }

    /// <inheritdoc/>
    public LeaveOneOut LeaveOut(int cases)
    {
        SampledRow[] rows = _sample[..cases];
        var leftOut = new LeaveOneOut(_sums.Outputs, [.. rows.Select(row => row.Case)]);
        int tasks = (cases + CasesAtOnce - 1) / CasesAtOnce, parts = TaskRun.Parts(_workers, tasks, (long)cases * Size * Size / 2);
        long scratch = ((Size + 2L + Outputs) * CasesAtOnce) + Outputs + _kernels.GradientScratchSize(CasesAtOnce, 0);
        _scratch.Resize(parts * scratch);
        var task = new LeverageTask(this, rows, leftOut, scratch);
        TaskRun.Run(_workers, ref task, tasks, parts);
        return leftOut;
    }

    /// <inheritdoc/>
    public void Write(RidgeSolution solution)
    {
        _factor.SolveUpper(_v.Start, Outputs, Outputs);
        for (int o = 0; o < Outputs; o++)
        {
            double bias = _outputMeans[o];
            for (int i = 0; i < Size; i++)
            {
                double weight = solution.Weights[o][i] = V(i)[o] * _scales[i];
                bias = Math.FusedMultiplyAdd(-(_means[i] + _sums.Shift[i]), weight, bias);
            }
            solution.Biases[o] = bias;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _factor.Dispose();
        _v.Dispose();
        _scratch.Dispose();
    }

    private Span<double> V(int row) => new(_v.Start + ((nint)row * Outputs), Outputs);

    /// <summary>Some rows of the matrix to factor.</summary>
    private readonly struct MatrixTask(PrimalForm form, double penalty, int rows) : ITask
    {
        public void Execute(int task, int part)
        {
            int end = Math.Min((task + 1) * rows, form.Size);
            for (int i = task * rows; i < end; i++)
            {
                var row = new Span<double>(form._factor.Start + (i * form._factor.Stride) + i, form.Size - i);
                TensorPrimitives.FusedMultiplyAdd(form._means.AsSpan(i), -form.Count * form._means[i], form._sums.Row(i)[i..form.Size], row);
                TensorPrimitives.Multiply(row, form._scales.AsSpan(i), row);
                TensorPrimitives.Multiply(row, form._scales[i], row);
                row[0] += penalty;
            }
        }
    }

    /// <summary>Some cases.</summary>
    private readonly struct LeverageTask(PrimalForm form, SampledRow[] rows, LeaveOneOut leftOut, long scratchSize) : ITask
    {
        public void Execute(int task, int part)
        {
            int first = task * CasesAtOnce, some = Math.Min(CasesAtOnce, rows.Length - first), size = form.Size, outputs = form.Outputs;
            double* t = form._scratch.Start + (part * scratchSize), next = t + ((nint)size * CasesAtOnce);
            for (int i = 0; i < some; i++)
            {
                float[] x = rows[first + i].Features;
                for (int f = 0; f < size; f++)
                    t[((nint)f * some) + i] = (x[f] - form._sums.Shift[f] - form._means[f]) * form._scales[f];
            }
            form._factor.SolveTransposed(t, some, some, part);

            var squares = new Span<double>(next, some);
            var given = new Span<double>(next + some, some * outputs); // [some, O]
            var sums = new Span<double>(next + some + (some * outputs), outputs);
            squares.Clear();
            given.Clear();
            sums.Clear();
            for (int f = 0; f < size; f++)
            {
                var row = new ReadOnlySpan<double>(t + ((nint)f * some), some);
                TensorPrimitives.FusedMultiplyAdd(row, row, squares, squares);
            }
            var operand = new GradientOperand<double> { A = t, Stride = some, Columns = some, Gradient = next + some, GradientStride = outputs };
            form._kernels.AddGradients(operand, default, form._v.Start, outputs, size, 0, outputs, next + some + (some * outputs), next + some + (some * outputs) + outputs);

            for (int i = 0; i < some; i++)
            {
                RidgeCase about = rows[first + i].Case;
                double slack = 1 - (about.Weight * ((1 / form.Count) + squares[i]));
                for (int o = 0; o < outputs; o++)
                    leftOut.Set(first + i, slack, o, about.Truth[form._sums.Outputs[o]] - form._outputMeans[o] - given[(i * outputs) + o]);
            }
        }
    }
}
