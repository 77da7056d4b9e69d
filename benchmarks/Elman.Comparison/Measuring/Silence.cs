using System.Diagnostics;

namespace Elman.Comparison.Measuring;

/// <summary>
/// Threads of libtorch and of ONNX Runtime go on spinning after their work, some for a fifth of a second; the next in turn
/// shall not share the processors with them.
/// </summary>
internal static class Silence
{
    private const double Longest = 1; // seconds

    private static readonly TimeSpan _glance = TimeSpan.FromMilliseconds(5);

    /// <summary>Waits until the process uses hardly any processor time, at most a second.</summary>
    public static void Wait()
    {
        long start = Stopwatch.GetTimestamp();
        TimeSpan used;
        do
        {
            TimeSpan before = Environment.CpuUsage.TotalTime;
            Thread.Sleep(_glance);
            used = Environment.CpuUsage.TotalTime - before;
        }
        while (used > _glance / 5 && Stopwatch.GetElapsedTime(start).TotalSeconds < Longest);
    }
}
