using Elman.Models;

namespace Elman.Tests.Models;

/// <summary>Compared with matrices that were constructed from known eigenvalues.</summary>
public class DominantEigenvalueTests
{
    [Theory]
    [InlineData(1, 0.0, 1.0)]
    [InlineData(2, 0.3, 0.0)]
    [InlineData(7, 0.5, 0.0)]
    [InlineData(8, 0.5, 1.0)]
    [InlineData(33, 1.1, 0.5)]
    [InlineData(64, 3.1, 0.99)]
    public void The_spectral_radius_is_that_of_the_known_eigenvalues(int size, double angle, double others)
    {
        // Pairs r·(cos φ ± i·sin φ), the largest with radius 1.25, and a real one if the size is odd; in another basis.
        double[] matrix = new double[size * size];
        for (int i = 0; i + 1 < size; i += 2)
        {
            double r = i == 0 ? 1.25 : 1.25 * others, phi = i == 0 ? angle : angle + i;
            (matrix[(i * size) + i], matrix[(i * size) + i + 1]) = (r * Math.Cos(phi), -r * Math.Sin(phi));
            (matrix[((i + 1) * size) + i], matrix[((i + 1) * size) + i + 1]) = (r * Math.Sin(phi), r * Math.Cos(phi));
        }
        if (size % 2 == 1)
            matrix[^1] = -1.25 * others;
        double expected = size == 1 ? 1.25 * others : 1.25;
        Assert.Equal(expected, DominantEigenvalue.Magnitude(Turned(matrix, size), size), expected * 1e-6);
    }

    [Theory]
    [InlineData(-3.0, 2.0)]
    [InlineData(3.0, -3.0)]
    [InlineData(1e-200, 1e-201)]
    [InlineData(-1e200, 1e100)]
    public void The_larger_of_two_real_eigenvalues_with_nearly_parallel_vectors_is_found(double first, double second)
    {
        // [1 s; 0 1]·diag·[1 −s; 0 1]: nearly parallel eigenvectors.
        const double S = 1000;
        double[] matrix = [first, S * (second - first), 0, second];
        double expected = Math.Max(Math.Abs(first), Math.Abs(second));
        Assert.Equal(1, DominantEigenvalue.Magnitude(matrix, 2) / expected, 1e-5);
    }

    [Fact]
    public void The_spectral_radius_of_a_defective_matrix_is_found() =>
        Assert.Equal(0.5, DominantEigenvalue.Magnitude([0.5, 1, 0, 0, 0.5, 1, 0, 0, 0.5], 3), 1e-5);

    [Fact]
    public void The_largest_root_of_a_polynomial_is_that_of_its_companion() =>
        // (x − 2)·(x² + 9) = x³ − 2x² + 9x − 18: a complex pair of magnitude 3 before a real root.
        Assert.Equal(3, DominantEigenvalue.Magnitude([2, -9, 18, 1, 0, 0, 0, 1, 0], 3), 3e-6);

    [Fact]
    public void The_spectral_radius_of_a_nilpotent_matrix_is_0()
    {
        Assert.Equal(0, DominantEigenvalue.Magnitude([0], 1));
        Assert.Equal(0, DominantEigenvalue.Magnitude([0, 1, 2, 0, 0, 3, 0, 0, 0], 3));
    }

    [Fact]
    public void The_computation_can_be_cancelled() =>
        Assert.Throws<OperationCanceledException>(() => DominantEigenvalue.Magnitude([1], 1, new CancellationToken(canceled: true)));

    /// <summary>Returns Q·A·Qᵀ with random reflections Q.</summary>
    private static double[] Turned(double[] a, int n)
    {
        var random = new SeededRandom(n);
        for (int reflection = 0; reflection < 3; reflection++)
        {
            double[] v = [.. Enumerable.Range(0, n).Select(_ => random.NextNormal())];
            double square = v.Sum(x => x * x);
            double[] q = [.. Enumerable.Range(0, n * n).Select(i => (i / n == i % n ? 1 : 0) - (2 * v[i / n] * v[i % n] / square))];
            a = Product(q, Product(a, q, n), n);
        }
        return a;
    }

    private static double[] Product(double[] a, double[] b, int n) =>
        [.. Enumerable.Range(0, n * n).Select(i => Enumerable.Range(0, n).Sum(k => a[(i / n * n) + k] * b[(k * n) + (i % n)]))];
}
