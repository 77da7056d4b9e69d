using Elman.Kernels;

namespace Elman.Tests.Kernels.Factors;

public sealed unsafe class SymmetricProductTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 17)]
    [InlineData(256, 191)]
    [InlineData(257, 193)]
    [InlineData(300, 400)]
    [InlineData(20, 1000)]
    public void On_and_above_the_diagonal_it_is_the_plain_product_to_the_last_bit(int rows, int n)
    {
        var random = new SeededRandom((rows * 1000) + n);
        double[] a = [.. Enumerable.Range(0, rows * n).Select(_ => random.NextNormal())],
            c = [.. Enumerable.Range(0, n * n).Select(i => (double)(i % 7))], expected = [.. c];
        fixed (double* left = a, sum = expected)
            PlainProduct<double>.AddTransposed(left, n, left, n, sum, n, n, n, 0, rows);
        foreach (KernelSet<double> kernels in KernelCatalog.All<double>())
        {
            foreach (int threads in (int[])[1, 3])
            {
                using var workers = new Workers(threads);
                using var product = new SymmetricProduct(kernels, workers);
                double[] actual = [.. c];
                fixed (double* left = a, sum = actual)
                    product.Add(left, n, rows, n, sum, n);
                for (int i = 0; i < n; i++)
                    Assert.True(expected.AsSpan((i * n) + i, n - i).SequenceEqual(actual.AsSpan((i * n) + i, n - i)));
            }
        }
    }

    [Fact]
    public void Pieces_of_whole_blocks_are_the_same_bits()
    {
        const int N = 60, Rows = 700;
        double[] a = [.. Enumerable.Range(0, Rows * N).Select(i => Math.Sin(i))], whole = new double[N * N], pieces = new double[N * N];
        using var workers = new Workers(2);
        using var product = new SymmetricProduct(KernelCatalog.Default<double>(), workers);
        fixed (double* left = a, first = whole, second = pieces)
        {
            product.Add(left, N, Rows, N, first, N);
            product.Add(left, N, 512, N, second, N);
            product.Add(left + (512 * N), N, Rows - 512, N, second, N);
        }
        Assert.Equal(whole, pieces);
    }
}
