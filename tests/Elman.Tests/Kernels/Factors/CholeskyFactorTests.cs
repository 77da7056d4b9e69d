using Elman.Kernels;

namespace Elman.Tests.Kernels.Factors;

public sealed unsafe class CholeskyFactorTests
{
    /// <summary>Sizes around the inner block (32), the block (192) and the number of rows that are summed together (256).</summary>
    public static TheoryData<int> Sizes => [1, 2, 3, 15, 16, 17, 31, 32, 33, 64, 100, 191, 192, 193, 255, 257, 384, 511, 600];

    [Theory]
    [MemberData(nameof(Sizes))]
    public void The_factor_is_that_of_plain_loops(int n)
    {
        double[] a = Draw(n);
        using var workers = new Workers(2);
        using CholeskyFactor<double> factor = Filled(a, n, workers, KernelCatalog.Default<double>());
        Assert.True(factor.Factor());
        Assert.True(PlainCholesky.Factor(a, n));
        for (int i = 0; i < n; i++)
            for (int j = i; j < n; j++)
                Assert.Equal(a[(i * n) + j], factor.Start[(i * factor.Stride) + j], 1e-10 * n);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(40, 3)]
    [InlineData(193, 17)]
    [InlineData(450, 1)]
    [InlineData(450, 70)]
    public void Solutions_are_those_of_plain_loops(int n, int columns)
    {
        double[] a = Draw(n);
        using var workers = new Workers(2);
        using CholeskyFactor<double> factor = Filled(a, n, workers, KernelCatalog.Default<double>());
        Assert.True(factor.Factor() && PlainCholesky.Factor(a, n));
        var random = new SeededRandom(7);
        double[] x = [.. Enumerable.Range(0, n * columns).Select(_ => random.NextNormal())];
        for (int all = 0; all < 2; all++)
        {
            double[] solved = [.. x];
            fixed (double* start = solved)
            {
                factor.SolveTransposed(start, columns, columns);
                if (all == 1)
                    factor.SolveUpper(start, columns, columns);
            }
            for (int c = 0; c < columns; c++)
            {
                double[] expected = [.. Enumerable.Range(0, n).Select(i => x[(i * columns) + c])];
                if (all == 1)
                    PlainCholesky.Solve(a, n, expected);
                else
                    PlainCholesky.SolveTransposed(a, n, expected);
                for (int i = 0; i < n; i++)
                    Assert.Equal(expected[i], solved[(i * columns) + c], 1e-9);
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(33)]
    [InlineData(192)]
    [InlineData(193)]
    [InlineData(450)]
    public void The_diagonal_of_the_inverse_is_that_of_solutions(int n)
    {
        double[] a = Draw(n);
        using var workers = new Workers(2);
        using CholeskyFactor<double> factor = Filled(a, n, workers, KernelCatalog.Default<double>());
        Assert.True(factor.Factor() && PlainCholesky.Factor(a, n));
        double[] diagonal = factor.InverseDiagonal();
        for (int i = 0; i < n; i++)
        {
            double[] unit = new double[n];
            unit[i] = 1;
            PlainCholesky.Solve(a, n, unit);
            Assert.Equal(unit[i], diagonal[i], 1e-10);
        }
    }

    [Fact]
    public void Neither_threads_nor_lanes_change_a_bit()
    {
        const int N = 700, Columns = 45;
        double[] a = Draw(N), x = [.. Enumerable.Range(0, N * Columns).Select(i => Math.Cos(i))];
        double[]? first = null;
        foreach (KernelSet<double> kernels in KernelCatalog.All<double>())
        {
            foreach (int threads in (int[])[1, 2, 3])
            {
                using var workers = new Workers(threads);
                using CholeskyFactor<double> factor = Filled(a, N, workers, kernels);
                Assert.True(factor.Factor());
                double[] solved = [.. x];
                fixed (double* start = solved)
                {
                    factor.SolveTransposed(start, Columns, Columns);
                    factor.SolveUpper(start, Columns, Columns);
                }
                double[] all = [.. solved, .. factor.InverseDiagonal()];
                first ??= all;
                Assert.Equal(first, all);
            }
        }
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(40, 35)]
    [InlineData(400, 399)]
    public void A_matrix_that_is_not_positive_definite_is_reported(int n, int at)
    {
        double[] a = Draw(n);
        foreach (double wrong in (double[])[0, -1, double.NaN, double.PositiveInfinity])
        {
            a[(at * n) + at] = wrong;
            using var workers = new Workers(2);
            using CholeskyFactor<double> factor = Filled(a, n, workers, KernelCatalog.Default<double>());
            Assert.False(factor.Factor());
        }
    }

    [Fact]
    public void A_pivot_that_is_rounding_alone_is_reported()
    {
        using var workers = new Workers(1);
        using CholeskyFactor<double> factor = Filled([2, 2, 2, 2], 2, workers, KernelCatalog.Default<double>());
        Assert.False(factor.Factor());
        using CholeskyFactor<double> nearly = Filled([3, 1, 1, 1 / 3.0], 2, workers, KernelCatalog.Default<double>());
        Assert.False(nearly.Factor());
        using CholeskyFactor<double> enough = Filled([3, 1, 1, (1 / 3.0) + 1e-12], 2, workers, KernelCatalog.Default<double>());
        Assert.True(enough.Factor());
    }

    private static CholeskyFactor<double> Filled(double[] a, int n, Workers workers, KernelSet<double> kernels)
    {
        var factor = new CholeskyFactor<double>(n, workers, kernels);
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++)
                factor.Start[(i * factor.Stride) + j] = j >= i ? a[(i * n) + j] : double.NaN; // nothing reads what is below
        return factor;
    }

    /// <summary>Returns XᵀX of a random X with twice as many rows, divided by n, plus 0.1 on the diagonal.</summary>
    private static double[] Draw(int n)
    {
        var random = new SeededRandom(n);
        double[][] x = [.. Enumerable.Range(0, n).Select(_ => Enumerable.Range(0, 2 * n).Select(_ => random.NextNormal()).ToArray())];
        double[] a = new double[n * n];
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++)
                a[(i * n) + j] = (System.Numerics.Tensors.TensorPrimitives.Dot<double>(x[Math.Min(i, j)], x[Math.Max(i, j)]) / n)
                    + (i == j ? 0.1 : 0);
        return a;
    }
}
