namespace Elman.Comparison.Problems;

/// <summary>Other libraries keep a weight matrix as <c>[out, in]</c>; Elman keeps it as <c>[in, out]</c>.</summary>
internal static class Matrix
{
    /// <summary>The transpose of a row-major matrix.</summary>
    /// <param name="values">The matrix, <c>[rows, columns]</c>.</param>
    /// <param name="rows">Its rows.</param>
    public static T[] Transpose<T>(ReadOnlySpan<T> values, int rows)
    {
        int columns = values.Length / rows;
        var transposed = new T[values.Length];
        for (int r = 0; r < rows; r++)
            for (int c = 0; c < columns; c++)
                transposed[(c * rows) + r] = values[(r * columns) + c];
        return transposed;
    }

    /// <summary>Puts the gates of a matrix or of a bias into another order.</summary>
    /// <param name="values">Gate after gate, equally large: <c>[G·H, …]</c>.</param>
    /// <param name="order">Which gate stands at each place of the result.</param>
    public static T[] Reorder<T>(ReadOnlySpan<T> values, ReadOnlySpan<int> order)
    {
        int size = values.Length / order.Length;
        var reordered = new T[values.Length];
        for (int place = 0; place < order.Length; place++)
            values.Slice(order[place] * size, size).CopyTo(reordered.AsSpan(place * size));
        return reordered;
    }
}
