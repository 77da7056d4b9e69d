using System.Numerics.Tensors;

namespace Elman.Kernels;

/// <summary>
/// The Cholesky factor of a symmetric positive definite matrix, <c>A = UᵀU</c> with U zero below its diagonal, and solutions with it, row
/// by row: the reference for tests of <see cref="CholeskyFactor{T}"/>.
/// </summary>
internal static class PlainCholesky
{
    /// <summary>Replaces A by U.</summary>
    /// <param name="a"><c>[n, n]</c>; only the diagonal and the part above it are read and written.</param>
    /// <param name="n">The number of rows and columns.</param>
    /// <returns>False if a pivot is not above 0: A is not positive definite, at least not within rounding.</returns>
    public static bool Factor(Span<double> a, int n)
    {
        for (int k = 0; k < n; k++)
        {
            Span<double> row = a.Slice(k * n, n);
            if (!(row[k] > 0 && double.IsFinite(row[k])))
                return false;
            double pivot = Math.Sqrt(row[k]);
            TensorPrimitives.Divide(row[k..], pivot, row[k..]);
            row[k] = pivot;
            for (int i = k + 1; i < n; i++)
            {
                Span<double> below = a.Slice((i * n) + i, n - i);
                TensorPrimitives.FusedMultiplyAdd(row[i..], -row[i], below, below);
            }
        }
        return true;
    }

    /// <summary>Computes <c>x = U⁻ᵀ·x</c>, in place.</summary>
    public static void SolveTransposed(ReadOnlySpan<double> u, int n, Span<double> x)
    {
        for (int k = 0; k < n; k++)
        {
            ReadOnlySpan<double> row = u.Slice(k * n, n);
            double solved = x[k] /= row[k];
            TensorPrimitives.FusedMultiplyAdd(row[(k + 1)..], -solved, x[(k + 1)..n], x[(k + 1)..n]);
        }
    }

    /// <summary>Computes <c>x = A⁻¹·x</c>, in place.</summary>
    public static void Solve(ReadOnlySpan<double> u, int n, Span<double> x)
    {
        SolveTransposed(u, n, x);
        for (int k = n - 1; k >= 0; k--)
        {
            ReadOnlySpan<double> row = u.Slice(k * n, n);
            double rest = x[k];
            for (int j = k + 1; j < n; j++)
                rest = Math.FusedMultiplyAdd(-row[j], x[j], rest);
            x[k] = rest / row[k];
        }
    }
}
