using System.Numerics;
using System.Numerics.Tensors;
using Elman.Kernels;

namespace Elman.Training.Ridge;

/// <summary>The factor of <c>ZᵀZ + λI</c> for one penalty at a time, and the results that follow from it.</summary>
/// <remarks>
/// With <c>UᵀU = ZᵀZ + λI</c>, <c>t = U⁻ᵀz</c> of a case and <c>v = U⁻ᵀZᵀy</c>, the prediction of the case is <c>t·v</c> above the mean,
/// and its leverage is <c>h = w·(1/W + t·t)</c>, where 1/W is the part of the bias. So leave-one-out takes one triangular solve, and no
/// weights.
/// </remarks>
/// <typeparam name="T">The number type: double for a solution, float for the search.</typeparam>
internal sealed unsafe class PrimalFactor<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int CasesAtOnce = 192;

    private readonly PrimalForm _form;
    private readonly NativeBuffer<T> _v; // [p, O]
    private readonly NativeBuffer<T> _scratch = new();
    private readonly CholeskyFactor<T> _factor;
    private readonly Workers _workers;
    private readonly KernelSet<T> _kernels;

    /// <summary>Allocates the buffers.</summary>
    public PrimalFactor(PrimalForm form, Workers workers, KernelSet<T> kernels)
    {
        (_form, _workers, _kernels) = (form, workers, kernels);
        _v = new((long)Size * Outputs);
        _factor = new CholeskyFactor<T>(Size, workers, kernels);
    }

    private int Size => _form.Size;

    private int Outputs => _form.OutputMeans.Length;

    /// <summary>Factors the matrix for a penalty.</summary>
    /// <returns>False if rounding makes the matrix impossible to factor.</returns>
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
                V(i)[o] = T.CreateTruncating(
                    (_form.Sums.Row(i)[Size + 1 + o] - (_form.Count * _form.Means[i] * _form.OutputMeans[o])) * _form.Scales[i]);
        _factor.SolveTransposed(_v.Start, Outputs, Outputs);
        return true;
    }

    /// <summary>Computes leave-one-out predictions.</summary>
    public LeaveOneOut LeaveOut(SampledRow[] rows)
    {
        var leftOut = new LeaveOneOut(_form.Sums.Outputs, [.. rows.Select(row => row.Case)]);
        int tasks = (rows.Length + CasesAtOnce - 1) / CasesAtOnce,
            parts = TaskRun.Parts(_workers, tasks, (long)rows.Length * Size * Size / 2);
        long scratch = ((Size + 2L + Outputs) * CasesAtOnce) + Outputs + _kernels.GradientScratchSize(CasesAtOnce, 0);
        _scratch.Resize(parts * scratch);
        var task = new LeverageTask(this, rows, leftOut, scratch);
        TaskRun.Run(_workers, ref task, tasks, parts);
        return leftOut;
    }

    /// <summary>The weights of the scaled features, <c>[O][p]</c>. Overwrites v, so it must be the last call.</summary>
    public double[][] Weights()
    {
        _factor.SolveUpper(_v.Start, Outputs, Outputs);
        return [.. Enumerable.Range(0, Outputs)
            .Select(o => Enumerable.Range(0, Size).Select(i => double.CreateTruncating(V(i)[o])).ToArray())];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _factor.Dispose();
        _v.Dispose();
        _scratch.Dispose();
    }

    private Span<T> V(int row) => new(_v.Start + ((nint)row * Outputs), Outputs);

    /// <summary>Writes a range of rows of the matrix to factor.</summary>
    private readonly struct MatrixTask(PrimalFactor<T> owner, double penalty, int rows) : ITask
    {
        public void Execute(int task, int part)
        {
            PrimalForm form = owner._form;
            int end = Math.Min((task + 1) * rows, form.Size);
            double[] all = new double[form.Size];
            for (int i = task * rows; i < end; i++)
            {
                Span<double> row = all.AsSpan(i);
                TensorPrimitives.FusedMultiplyAdd(form.Means.AsSpan(i), -form.Count * form.Means[i], form.Sums.Row(i)[i..form.Size], row);
                TensorPrimitives.Multiply(row, form.Scales.AsSpan(i), row);
                TensorPrimitives.Multiply(row, form.Scales[i], row);
                row[0] += penalty;
                TensorPrimitives.ConvertTruncating<double, T>(
                    row, new Span<T>(owner._factor.Start + (i * owner._factor.Stride) + i, row.Length));
            }
        }
    }

    /// <summary>Computes the leverages and predictions of a range of cases.</summary>
    private readonly struct LeverageTask(PrimalFactor<T> owner, SampledRow[] rows, LeaveOneOut leftOut, long scratchSize) : ITask
    {
        public void Execute(int task, int part)
        {
            PrimalForm form = owner._form;
            int first = task * CasesAtOnce, some = Math.Min(CasesAtOnce, rows.Length - first), size = form.Size, outputs = owner.Outputs;
            T* t = owner._scratch.Start + (part * scratchSize), squares = t + ((nint)size * CasesAtOnce), given = squares + some,
                sums = given + (some * outputs);
            for (int i = 0; i < some; i++)
            {
                float[] x = rows[first + i].Features;
                for (int f = 0; f < size; f++)
                    t[((nint)f * some) + i] = T.CreateTruncating((x[f] - form.Sums.Shift[f] - form.Means[f]) * form.Scales[f]);
            }
            owner._factor.SolveTransposed(t, some, some, part);

            var allSquares = new Span<T>(squares, some);
            new Span<T>(squares, some + ((some + 1) * outputs)).Clear(); // and the predictions, [some, O], and unused column sums
            for (int f = 0; f < size; f++)
            {
                var row = new ReadOnlySpan<T>(t + ((nint)f * some), some);
                TensorPrimitives.FusedMultiplyAdd(row, row, allSquares, allSquares);
            }
            var operand = new GradientOperand<T> { A = t, Stride = some, Columns = some, Gradient = given, GradientStride = outputs };
            owner._kernels.AddGradients(operand, default, owner._v.Start, outputs, size, 0, outputs, sums, sums + outputs);

            for (int i = 0; i < some; i++)
            {
                RidgeCase about = rows[first + i].Case;
                double slack = 1 - (about.Weight * ((1 / form.Count) + double.CreateTruncating(squares[i])));
                for (int o = 0; o < outputs; o++)
                    leftOut.Set(first + i, slack, o,
                        about.Target[form.Sums.Outputs[o]] - form.OutputMeans[o] - double.CreateTruncating(given[(i * outputs) + o]));
            }
        }
    }
}
