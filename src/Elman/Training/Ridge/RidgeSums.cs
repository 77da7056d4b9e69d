using Elman.Kernels;

namespace Elman.Training;

/// <summary>
/// All that least squares need to know of the data: <c>Σ w·[x 1]ᵀ·[x 1 y]</c> over the rows so far, x the features, y the outputs that are
/// wanted, w what a row counts. In double, whatever the model: the features of a reservoir resemble each other, and the solution of their
/// equations amplifies what their sums have lost.
/// </summary>
/// <remarks>Rows are added in blocks of 256 by the product under every weight gradient. Threads share its columns, so no sum is divided.</remarks>
internal sealed unsafe class RidgeSums : IDisposable
{
    private readonly KernelSet<double> _kernels = KernelCatalog.Default<double>();
    private readonly Workers _workers;
    private readonly int _features;
    private readonly NativeBuffer<double> _sums; // [W + 1, W + 1 + O]
    private readonly NativeBuffer<double> _left; // [256, W]: x
    private readonly NativeBuffer<double> _right; // [256, W + 1 + O]: w·[x 1 y]
    private readonly NativeBuffer<double> _scratch = new();
    private int _pending;

    /// <summary>Sums of no row.</summary>
    /// <param name="features">Numbers that go into the output layer, W.</param>
    /// <param name="outputs">Which of the model's outputs: those that are known in the same rows.</param>
    /// <param name="workers">Who works.</param>
    public RidgeSums(int features, int[] outputs, Workers workers)
    {
        (_features, Outputs, _workers) = (features, outputs, workers);
        _sums = new((features + 1L) * Columns);
        _left = new((long)GradientBlock.Rows * features);
        _right = new((long)GradientBlock.Rows * Columns);
    }

    /// <summary>Which of the model's outputs, O of them.</summary>
    public int[] Outputs { get; }

    private int Columns => _features + 1 + Outputs.Length;

    /// <summary>Adds a row.</summary>
    /// <param name="features">x, <c>[W]</c>.</param>
    /// <param name="truth">What every output of the model is to be, y among it.</param>
    /// <param name="weight">w, above 0.</param>
    public void Add(ReadOnlySpan<float> features, ReadOnlySpan<double> truth, double weight)
    {
        double* left = _left.Start + ((nint)_pending * _features), right = _right.Start + ((nint)_pending * Columns);
        for (int i = 0; i < features.Length; i++)
        {
            left[i] = features[i];
            right[i] = weight * features[i];
        }
        right[_features] = weight;
        for (int o = 0; o < Outputs.Length; o++)
            right[_features + 1 + o] = weight * truth[Outputs[o]];
        if (++_pending == GradientBlock.Rows)
            Flush();
    }

    /// <summary>The same sums for some of the outputs, which go on by themselves.</summary>
    public RidgeSums Clone(int[] outputs)
    {
        Flush();
        var clone = new RidgeSums(_features, outputs, _workers);
        for (int row = 0; row <= _features; row++)
        {
            Span<double> from = Row(row), to = clone.Row(row);
            from[..(_features + 1)].CopyTo(to);
            for (int o = 0; o < outputs.Length; o++)
                to[_features + 1 + o] = from[_features + 1 + Array.IndexOf(Outputs, outputs[o])];
        }
        return clone;
    }

    /// <summary>
    /// The weights β and biases c that make <c>Σ w·(x·β + c − y)² + λ·s·n·‖β‖²</c> least, n the sum of w and s the mean variance of the features.
    /// </summary>
    /// <param name="ridge">λ, above 0.</param>
    /// <returns><see langword="null"/> where λ is so small that rounding leaves the equations without a solution.</returns>
    public RidgeSolution? Solve(double ridge)
    {
        Flush();
        int w = _features;
        double[] means = Row(w)[..w].ToArray(), factor = new double[checked(w * w)];
        double count = Row(w)[w];
        var solution = new RidgeSolution(Outputs, count, means, factor);
        if (count == 0)
            return solution; // nothing is known of these outputs: 0

        // The bias is not penalised, so it drops out where everything is taken from its mean.
        double variances = 0, squares = 0;
        for (int i = 0; i < w; i++)
            means[i] /= count;
        for (int i = 0; i < w; i++)
        {
            Span<double> row = Row(i);
            for (int j = i; j < w; j++)
                factor[(i * w) + j] = (row[j] / count) - (means[i] * means[j]);
            variances += factor[(i * w) + i];
            squares += row[i] / count;
        }
        // Features that hardly change at all have a variance that is rounding for the most part; those that are all 0 have none.
        double scale = Math.Max(Math.Max(variances, 1e-8 * squares) / w, 1e-30);
        for (int i = 0; i < w; i++)
            factor[(i * w) + i] += ridge * scale;
        if (!Cholesky.Factor(factor, w))
            return null;
        for (int o = 0; o < Outputs.Length; o++)
        {
            double mean = Row(w)[w + 1 + o] / count;
            double[] weights = solution.Weights[o];
            for (int i = 0; i < w; i++)
                weights[i] = (Row(i)[w + 1 + o] / count) - (means[i] * mean);
            Cholesky.Solve(factor, w, weights);
            double bias = mean;
            for (int i = 0; i < w; i++)
                bias = Math.FusedMultiplyAdd(-means[i], weights[i], bias);
            solution.Biases[o] = bias;
        }
        return solution;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _sums.Dispose();
        _left.Dispose();
        _right.Dispose();
        _scratch.Dispose();
    }

    private Span<double> Row(int row) => new(_sums.Start + ((nint)row * Columns), Columns);

    private void Flush()
    {
        int parts = _workers.PartsFor((long)_pending * _features * Columns);
        long scratch = _kernels.GradientScratchSize(_features, 0);
        _scratch.Resize(parts * scratch);
        var job = new SumJob(this, scratch, parts);
        _workers.Run(ref job, parts);
        _pending = 0;
    }

    /// <summary>Some columns of the sums. The last row, which belongs to the constant 1, is the column sums.</summary>
    private readonly struct SumJob(RidgeSums owner, long scratchSize, int parts) : IJob
    {
        public void Execute(int part)
        {
            KernelSet<double> kernels = owner._kernels;
            (int first, int end) = Workers.Share(kernels.Pad(owner.Columns) / kernels.PanelWidth, part, parts);
            int firstColumn = first * kernels.PanelWidth, endColumn = Math.Min(end * kernels.PanelWidth, owner.Columns);
            if (firstColumn >= endColumn)
                return;
            var operand = new GradientOperand<double>
            {
                A = owner._left.Start,
                Stride = owner._features,
                Columns = owner._features,
                Gradient = owner._sums.Start,
                GradientStride = owner.Columns,
            };
            kernels.AddGradients(
                operand, default, owner._right.Start, owner.Columns, owner._pending, firstColumn, endColumn,
                owner._sums.Start + ((nint)owner._features * owner.Columns), owner._scratch.Start + (part * scratchSize));
        }
    }
}
