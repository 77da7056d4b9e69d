namespace Elman.Kernels;

/// <summary>The distance between the rows of large matrices.</summary>
internal static class MatrixStride
{
    /// <summary>
    /// Returns the distance from one row to the next: whole cache lines, but not whole pages, whose rows would evict each other from the
    /// cache.
    /// </summary>
    public static nint Of(int columns)
    {
        int stride = (columns + 15) / 16 * 16;
        return stride % 512 == 0 ? stride + 16 : stride;
    }
}
