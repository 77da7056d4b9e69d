using System.Diagnostics;

namespace Elman.Comparison.Measuring;

/// <summary>
/// Waits for idle processors. Threads of libtorch and of ONNX Runtime continue to spin after their work, some for a fifth of a second, and
/// would share the processors with the next rival.
/// </summary>
internal static class Silence
{
    private const double Longest = 1; // in seconds

    private static readonly TimeSpan _glance = TimeSpan.FromMilliseconds(5);

    /// <summary>Waits until the process uses hardly any processor time, for at most a second.</summary>
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
