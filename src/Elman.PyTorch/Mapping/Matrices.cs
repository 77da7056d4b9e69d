namespace Elman.PyTorch.Mapping;

/// <summary>Matrices, whose rows in PyTorch are outputs and in a model inputs.</summary>
internal static class Matrices
{
    /// <summary>Transposes a matrix.</summary>
    /// <param name="from">The matrix, <c>[rows, columns]</c>.</param>
    /// <param name="rows">The number of its rows.</param>
    /// <param name="to">Receives <c>[columns, rows]</c>.</param>
    public static void Transpose(ReadOnlySpan<float> from, int rows, Span<float> to)
    {
        int columns = from.Length / rows;
        for (int row = 0; row < rows; row++)
            for (int column = 0; column < columns; column++)
                to[(column * rows) + row] = from[(row * columns) + column];
    }
}
