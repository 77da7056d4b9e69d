namespace Elman.Comparison.Problems;

/// <summary>Converts weight matrices: other libraries store them as <c>[out, in]</c>, Elman as <c>[in, out]</c>.</summary>
internal static class Matrix
{
    /// <summary>Returns the transpose of a row-major matrix.</summary>
    /// <param name="values">The matrix, <c>[rows, columns]</c>.</param>
    /// <param name="rows">The number of rows.</param>
    public static T[] Transpose<T>(ReadOnlySpan<T> values, int rows)
    {
        int columns = values.Length / rows;
        var transposed = new T[values.Length];
        for (int r = 0; r < rows; r++)
            for (int c = 0; c < columns; c++)
                transposed[(c * rows) + r] = values[(r * columns) + c];
        return transposed;
    }

    /// <summary>Reorders the gates of a matrix or of a bias.</summary>
    /// <param name="values">The gates one after the other, with equal sizes: <c>[G·H, …]</c>.</param>
    /// <param name="order">The index of the gate at each position of the result.</param>
    public static T[] Reorder<T>(ReadOnlySpan<T> values, ReadOnlySpan<int> order)
    {
        int size = values.Length / order.Length;
        var reordered = new T[values.Length];
        for (int place = 0; place < order.Length; place++)
            values.Slice(order[place] * size, size).CopyTo(reordered.AsSpan(place * size));
        return reordered;
    }
}
