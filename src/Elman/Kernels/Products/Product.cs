using System.Numerics;

namespace Elman.Kernels;

/// <summary>Matrix products over packed panels.</summary>
internal static unsafe class Product<V, T>
    where V : unmanaged, ILane<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary><c>C = addend + A·B</c>, B packed.</summary>
    /// <param name="a">A <c>[m, k]</c>.</param>
    /// <param name="aStride">From one row of A to the next.</param>
    /// <param name="packed">B <c>[k, n]</c>, as <see cref="Panels{V, T}.Pack"/> lays it out.</param>
    /// <param name="addend">What the product is added to: C itself, a bias row (stride 0), or a row of zeros (stride 0).</param>
    /// <param name="addendStride">From one row of the addend to the next.</param>
    /// <param name="c">C <c>[m, n]</c>.</param>
    /// <param name="cStride">From one row of C to the next.</param>
    /// <param name="m">Rows of A and C.</param>
    /// <param name="n">Columns of B and C.</param>
    /// <param name="k">Columns of A, rows of B; where it is 0, C becomes the addend.</param>
    public static void Multiply(T* a, nint aStride, T* packed, T* addend, nint addendStride, T* c, nint cStride, int m, int n, int k)
    {
        int width = Panels<V, T>.Width, padded = Panels<V, T>.Pad(n);
        int first = 0;
        do
        {
            int steps = Math.Min(Gemm.BlockSteps, k - first);
            T* block = packed + ((nint)first * padded);
            for (int i = 0; i < m; i += Gemm.BlockRows)
            {
                int rows = Math.Min(Gemm.BlockRows, m - i);
                for (int j = 0; j < n; j += width)
                {
                    Column(a + (i * aStride) + first, aStride, 1, block + ((nint)j * steps), steps,
                        addend + (i * addendStride) + j, addendStride, c + (i * cStride) + j, cStride, rows, Math.Min(width, n - j));
                }
            }
            addend = c;
            addendStride = cStride;
            first += steps;
        }
        while (first < k);
    }

    /// <summary>Columns <paramref name="firstColumn"/> … of <c>C += Aᵀ·B</c>, where A and B share many rows: a weight gradient.</summary>
    /// <param name="a">A <c>[k, m]</c>.</param>
    /// <param name="aStride">From one row of A to the next.</param>
    /// <param name="b">B <c>[k, n]</c>.</param>
    /// <param name="bStride">From one row of B to the next.</param>
    /// <param name="c">C <c>[m, n]</c>.</param>
    /// <param name="cStride">From one row of C to the next.</param>
    /// <param name="m">Columns of A, rows of C.</param>
    /// <param name="firstColumn">The first column of B and C that is meant: a multiple of the panel's width.</param>
    /// <param name="endColumn">The column after the last.</param>
    /// <param name="k">Rows of A and B.</param>
    /// <param name="panel">Scratch for one panel: <see cref="Gemm.BlockSteps"/> times its width.</param>
    public static void AddTransposed(T* a, nint aStride, T* b, nint bStride, T* c, nint cStride, int m, int firstColumn, int endColumn, int k, T* panel)
    {
        int width = Panels<V, T>.Width;
        for (int first = 0; first < k; first += Gemm.BlockSteps)
        {
            int steps = Math.Min(Gemm.BlockSteps, k - first);
            for (int j = firstColumn; j < endColumn; j += width)
            {
                int columns = Math.Min(width, endColumn - j);
                Panels<V, T>.PackPanel(b + (first * bStride) + j, bStride, steps, columns, panel);
                Column(a + (first * aStride), 1, aStride, panel, steps, c + j, cStride, c + j, cStride, m, columns);
            }
        }
    }

    /// <summary>One panel of B under some rows of A. Columns that the panel has in excess of C are computed and dropped.</summary>
    private static void Column(T* a, nint rowStride, nint stepStride, T* panel, int steps, T* addend, nint addendStride, T* c, nint cStride, int rows, int columns)
    {
        nint rowBytes = rowStride * sizeof(T), stepBytes = stepStride * sizeof(T);
        byte* row = (byte*)a;
        if (columns == Panels<V, T>.Width)
        {
            Rows(row, rowBytes, stepBytes, panel, steps, addend, addendStride, c, cStride, rows);
            return;
        }

        int width = Panels<V, T>.Width;
        T* edge = stackalloc T[6 * width]; // [rows of a tile, width]
        T* nothing = stackalloc T[width];
        new Span<T>(nothing, width).Fill(T.NegativeZero); // the number that adds nothing, even to −0
        for (int i = 0; i < rows; i += 6)
        {
            int some = Math.Min(6, rows - i);
            Rows(row + (i * rowBytes), rowBytes, stepBytes, panel, steps, nothing, 0, edge, width, some);
            for (int r = 0; r < some; r++)
            {
                T* target = c + ((i + r) * cStride), source = addend + ((i + r) * addendStride);
                for (int j = 0; j < columns; j++)
                    target[j] = source[j] + edge[(r * width) + j];
            }
        }
    }

    /// <summary>Divides rows among the tiles. Six at a time, but four and four rather than six and two: a tile of two waits for its own sums.</summary>
    private static void Rows(byte* a, nint rowBytes, nint stepBytes, T* panel, int steps, T* addend, nint addendStride, T* c, nint cStride, int rows)
    {
        int i = 0;
        for (; rows - i >= 6 && rows - i != 8; i += 6)
            Tile<V, T>.Rows6(a + (i * rowBytes), rowBytes, stepBytes, panel, steps, addend + (i * addendStride), addendStride, c + (i * cStride), cStride);
        for (; rows - i >= 4; i += 4)
            Tile<V, T>.Rows4(a + (i * rowBytes), rowBytes, stepBytes, panel, steps, addend + (i * addendStride), addendStride, c + (i * cStride), cStride);
        if (rows - i >= 2)
        {
            Tile<V, T>.Rows2(a + (i * rowBytes), rowBytes, stepBytes, panel, steps, addend + (i * addendStride), addendStride, c + (i * cStride), cStride);
            i += 2;
        }
        if (i < rows)
            Tile<V, T>.Rows1(a + (i * rowBytes), stepBytes, panel, steps, addend + (i * addendStride), c + (i * cStride));
    }
}
