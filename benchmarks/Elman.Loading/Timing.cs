using System.Diagnostics;

namespace Elman.Loading;

/// <summary>Measures the time of work on one processor.</summary>
internal static class Timing
{
    /// <summary>
    /// Returns the seconds of the fastest run; the processor time if it is less than the elapsed time, because other programs may have used
    /// the processor meanwhile.
    /// </summary>
    public static double Of(Action work, int times)
    {
        using var self = Process.GetCurrentProcess();
        double best = double.PositiveInfinity;
        for (int i = 0; i < times; i++)
        {
            self.Refresh();
            TimeSpan before = self.TotalProcessorTime;
            var clock = Stopwatch.StartNew();
            work();
            double passed = clock.Elapsed.TotalSeconds;
            self.Refresh();
            best = Math.Min(best, Math.Min(passed, (self.TotalProcessorTime - before).TotalSeconds));
        }
        return best;
    }
}
