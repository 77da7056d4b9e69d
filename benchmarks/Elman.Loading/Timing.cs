using System.Diagnostics;

namespace Elman.Loading;

/// <summary>Measures how long work takes on one processor.</summary>
internal static class Timing
{
    /// <summary>
    /// Seconds of the fastest run, of processor time where that is less than the time that passed: other programs may have had the
    /// processor meanwhile.
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
