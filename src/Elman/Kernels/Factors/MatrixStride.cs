namespace Elman.Kernels;

/// <summary>How far the rows of large matrices lie apart.</summary>
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
