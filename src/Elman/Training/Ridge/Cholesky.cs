using System.Numerics.Tensors;

namespace Elman.Training;

/// <summary>The factor of a symmetric positive definite matrix, <c>A = UᵀU</c> with U zero below its diagonal, and what is solved with it.</summary>
/// <remarks>Row by row, each element a chain of fused multiply-adds, so that the bits are the same at every vector width.</remarks>
internal static class Cholesky
{
    /// <summary>Puts U into the place of A.</summary>
    /// <param name="a"><c>[n, n]</c>; only the diagonal and what is above it is looked at and changed.</param>
    /// <param name="n">Rows and columns.</param>
    /// <returns>Whether there is such a factor: in exact arithmetic there is, unless A is not positive definite.</returns>
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

    /// <summary><c>x = U⁻ᵀ·x</c>, in place, for one x or several that lie one after the other, so that U is read once for all.</summary>
    public static void SolveTransposed(ReadOnlySpan<double> u, int n, Span<double> x)
    {
        for (int k = 0; k < n; k++)
        {
            ReadOnlySpan<double> row = u.Slice(k * n, n);
            for (int first = 0; first < x.Length; first += n)
            {
                double solved = x[first + k] /= row[k];
                Span<double> rest = x.Slice(first + k + 1, n - k - 1);
                TensorPrimitives.FusedMultiplyAdd(row[(k + 1)..], -solved, rest, rest);
            }
        }
    }

    /// <summary><c>x = A⁻¹·x</c>, in place.</summary>
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
