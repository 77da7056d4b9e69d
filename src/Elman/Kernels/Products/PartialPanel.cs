using System.Numerics;
using System.Runtime.CompilerServices;

namespace Elman.Kernels;

/// <summary>Copies between the last panel of a matrix, whose columns do not fill it, and a buffer of whole panels.</summary>
/// <remarks>Copies whole lanes first, then single elements.</remarks>
internal static unsafe class PartialPanel<V, T>
    where V : unmanaged, ILane<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Reads rows into the buffer; columns past the end are zero.</summary>
    /// <param name="source">The first element of the panel in the matrix.</param>
    /// <param name="stride">The distance from one row of the matrix to the next.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="columns">The number of columns in use.</param>
    /// <param name="buffer">Receives <c>[rows, panel width]</c>.</param>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Read(T* source, nint stride, int rows, int columns, T* buffer)
    {
        int w = V.Width;
        V zero = default;
        for (; rows > 0; rows--, source += stride, buffer += 2 * w)
        {
            zero.Store(buffer);
            zero.Store(buffer + w);
            int j = 0;
            for (; j + w <= columns; j += w)
                V.Load(source + j).Store(buffer + j);
            for (; j < columns; j++)
                buffer[j] = source[j];
        }
    }

    /// <summary>Writes rows of the buffer.</summary>
    /// <param name="buffer">The buffer, <c>[rows, panel width]</c>.</param>
    /// <param name="target">The first element of the panel in the matrix.</param>
    /// <param name="stride">The distance from one row of the matrix to the next.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="columns">The number of columns in use.</param>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Write(T* buffer, T* target, nint stride, int rows, int columns)
    {
        int w = V.Width;
        for (; rows > 0; rows--, target += stride, buffer += 2 * w)
        {
            int j = 0;
            for (; j + w <= columns; j += w)
                V.Load(buffer + j).Store(target + j);
            for (; j < columns; j++)
                target[j] = buffer[j];
        }
    }
}
