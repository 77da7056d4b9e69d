namespace Elman.Tests;

/// <summary>What code allocates.</summary>
internal static class Allocations
{
    /// <summary>The bytes that a thread allocates in code that is said to allocate none: the least of several measurements.</summary>
    /// <remarks>
    /// One measurement is not enough: a collection that other threads cause, or a later tier of the compiler, is charged to the thread
    /// that runs.
    /// Code that does allocate shows it every time.
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
