namespace Elman.Kernels;

/// <summary>The distance between the rows of large matrices.</summary>
internal static class MatrixStride
{
    /// <summary>
    /// From one row to the next: whole cache lines, but not whole pages, whose rows would push each other out of the cache.
    /// </summary>
    public static nint Of(int columns)
    {
        int stride = (columns + 15) / 16 * 16;
        return stride % 512 == 0 ? stride + 16 : stride;
    }
}
