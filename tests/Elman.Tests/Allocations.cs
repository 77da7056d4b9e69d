namespace Elman.Tests;

/// <summary>Measures allocations of code.</summary>
internal static class Allocations
{
    /// <summary>Returns the bytes that a thread allocates in code that should allocate none: the minimum of several measurements.</summary>
    /// <remarks>
    /// One measurement is not enough: a collection caused by other threads, or a later tier of the compiler, is charged to the running
    /// thread. Code that does allocate shows it every time.
    /// </remarks>
    public static long Of(Action code)
    {
        long least = long.MaxValue;
        for (int i = 0; i < 10 && least > 0; i++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            code();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }
        return least;
    }
}
