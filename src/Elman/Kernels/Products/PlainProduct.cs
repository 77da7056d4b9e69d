using System.Numerics;

namespace Elman.Kernels;

/// <summary>
/// The products as plain loops: the readable, bit-exact references for the fast kernels, which tests compare with them.
/// </summary>
internal static unsafe class PlainProduct<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>
    /// Computes <c>C = addend + A·B</c>; see <see cref="RowProduct{V, T}.Multiply"/>, but B <c>[k, n]</c> is not packed. Each element is
    /// one chain of fused multiply-adds that starts with the addend.
    /// </summary>
    public static void Multiply(RowOperand<T> a, T* b, nint bStride, T* addend, nint addendStride, T* c, nint cStride, int m, int n)
    {
        for (int i = 0; i < m; i++)
        {
            for (int j = 0; j < n; j++)
            {
                T sum = addend[(i * addendStride) + j];
                for (int p = 0; p < a.Columns; p++)
                {
                    T left = p < a.FirstColumns
                        ? a.First[(i * a.FirstStride) + p]
                        : a.Second[(i * a.SecondStride) + p - a.FirstColumns];
                    sum = T.FusedMultiplyAdd(left, b[(p * bStride) + j], sum);
                }
                c[(i * cStride) + j] = sum;
            }
        }
    }

    /// <summary>
    /// Computes <c>C = addend + A·B</c>; see <see cref="WideProduct{V, T}.Multiply"/>, but B <c>[k, n]</c> is not packed. Each element has
    /// 64 chains of fused multiply-adds, which are summed pairwise.
    /// </summary>
    public static void MultiplyWide(T* a, nint aStride, int k, T* b, nint bStride, T* addend, T* c, nint cStride, int m, int n)
    {
        Span<T> sums = stackalloc T[WideRows.Chains];
        for (int i = 0; i < m; i++)
        {
            for (int j = 0; j < n; j++)
            {
                sums.Clear();
                for (int p = 0; p < WideRows.Pad(k); p++)
                {
                    T left = p < k ? a[(i * aStride) + p] : T.Zero, right = p < k ? b[(p * bStride) + j] : T.Zero;
                    sums[p % WideRows.Chains] = T.FusedMultiplyAdd(left, right, sums[p % WideRows.Chains]);
                }
                for (int apart = WideRows.Chains / 2; apart > 0; apart /= 2)
                    for (int chain = 0; chain < apart; chain++)
                        sums[chain] += sums[chain + apart];
                c[(i * cStride) + j] = sums[0] + addend[j];
            }
        }
    }

    /// <summary>
    /// Computes <c>C += Aᵀ·B</c>; see <see cref="GradientProduct{V, T}"/>. A block of rows has its own chain, which starts with zero and is
    /// then added to C.
    /// </summary>
    public static void AddTransposed(T* a, nint aStride, T* b, nint bStride, T* c, nint cStride, int m, int n, int firstRow, int rows)
    {
        for (int i = 0; i < m; i++)
        {
            for (int j = 0; j < n; j++)
            {
                for (int block = 0; block < rows; block += GradientBlock.Rows)
                {
                    int end = Math.Min(block + GradientBlock.Rows, rows);
                    if (end <= firstRow)
                        continue;
                    T sum = T.Zero;
                    for (int p = Math.Max(block, firstRow); p < end; p++)
                        sum = T.FusedMultiplyAdd(a[(p * aStride) + i], b[(p * bStride) + j], sum);
                    c[(i * cStride) + j] += sum;
                }
            }
        }
    }

    /// <summary>Computes <c>c[j] += Σ_p b[p,j]</c>, in the same blocks.</summary>
    public static void AddColumnSums(T* b, nint bStride, T* c, int n, int rows)
    {
        for (int j = 0; j < n; j++)
        {
            for (int block = 0; block < rows; block += GradientBlock.Rows)
            {
                T sum = T.Zero;
                for (int p = block; p < Math.Min(block + GradientBlock.Rows, rows); p++)
                    sum += b[(p * bStride) + j];
                c[j] += sum;
            }
        }
    }
}
