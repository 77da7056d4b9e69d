using System.Numerics;

namespace Elman.Kernels;

/// <summary>The products as plain loops: what the fast kernels compute, to the last bit. The reference to read, and the one that tests hold them to.</summary>
internal static unsafe class PlainProduct<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary><c>C = addend + A·B</c>; see <see cref="Product{V, T}.Multiply"/>, but B <c>[k, n]</c> is not packed.</summary>
    public static void Multiply(T* a, nint aStride, T* b, nint bStride, T* addend, nint addendStride, T* c, nint cStride, int m, int n, int k)
    {
        for (int i = 0; i < m; i++)
        {
            for (int j = 0; j < n; j++)
            {
                T total = addend[(i * addendStride) + j];
                for (int first = 0; first < k; first += Gemm.BlockSteps)
                {
                    T sum = T.Zero;
                    for (int p = first; p < Math.Min(first + Gemm.BlockSteps, k); p++)
                        sum = T.FusedMultiplyAdd(a[(i * aStride) + p], b[(p * bStride) + j], sum);
                    total += sum;
                }
                c[(i * cStride) + j] = total;
            }
        }
    }

    /// <summary><c>C += Aᵀ·B</c>; see <see cref="Product{V, T}.AddTransposed"/>.</summary>
    public static void AddTransposed(T* a, nint aStride, T* b, nint bStride, T* c, nint cStride, int m, int firstColumn, int endColumn, int k)
    {
        for (int i = 0; i < m; i++)
        {
            for (int j = firstColumn; j < endColumn; j++)
            {
                for (int first = 0; first < k; first += Gemm.BlockSteps)
                {
                    T sum = T.Zero;
                    for (int p = first; p < Math.Min(first + Gemm.BlockSteps, k); p++)
                        sum = T.FusedMultiplyAdd(a[(p * aStride) + i], b[(p * bStride) + j], sum);
                    c[(i * cStride) + j] += sum;
                }
            }
        }
    }
}
