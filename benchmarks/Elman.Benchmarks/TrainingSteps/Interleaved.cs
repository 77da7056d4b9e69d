using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using BenchmarkDotNet.Environments;
using Elman.Kernels;

namespace Elman.Benchmarks.TrainingSteps;

/// <summary>
/// A quick comparison for machines whose load varies: the rivals take turns within milliseconds, and what is looked at is the ratio
/// of each pair of turns, which such a load hardly moves. The clock is the processor time of the whole process: it does not run
/// while another process has the processor, and a second thread, did a rival start one, would count double.
/// </summary>
internal static class Interleaved
{
    /// <summary>How long a turn lasts at least: far above what the clock costs.</summary>
    private const double TurnMilliseconds = 20;

    /// <summary>Measures every shape and prints a table.</summary>
    /// <param name="output">Where to print to.</param>
    /// <param name="rounds">Pairs of turns a shape.</param>
    public static void Run(TextWriter output, int rounds)
    {
        foreach (string line in HostEnvironmentInfo.GetCurrent().ToFormattedString())
            output.WriteLine(line);
        output.WriteLine($"{RuntimeInformation.FrameworkDescription}, kernels {KernelCatalog.Default<float>().Name}; libtorch {TorchRival.Version}; one thread each; processor time; {rounds} pairs of turns of at least {TurnMilliseconds} ms");
        output.WriteLine();
        output.WriteLine("| I, H, batch, steps | Elman ms | GFLOP/s | libtorch ms | GFLOP/s | Elman/libtorch: median | least | most | Elman bytes |");
        output.WriteLine("|---|---:|---:|---:|---:|---:|---:|---:|---:|");
        foreach (TrainingShape shape in TrainingShape.All)
            output.WriteLine(Row(shape, rounds));
    }

    private static string Row(TrainingShape shape, int rounds)
    {
        var problem = new TrainingProblem(shape);
        Agreement.Require(problem);
        using var elman = new ElmanRival(problem);
        using var torch = new TorchRival(problem);
        int ourSteps = WarmUp(elman), theirSteps = WarmUp(torch);

        double[] ours = new double[rounds], theirs = new double[rounds];
        long bytes = 0;
        for (int i = 0; i < rounds; i++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            ours[i] = Turn(elman, ourSteps);
            bytes += GC.GetAllocatedBytesForCurrentThread() - before;
            theirs[i] = Turn(torch, theirSteps);
        }
        double[] ratios = [.. ours.Zip(theirs, (a, b) => a / b)];
        double a = Median(ours), b = Median(theirs);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {shape.Inputs}, {shape.Hidden}, {shape.Batch}, {shape.Steps} | {a:G3} | {shape.Flops / a / 1e6:F1} | {b:G3} | {shape.Flops / b / 1e6:F1} | {Median(ratios):F3} | {ratios.Min():F3} | {ratios.Max():F3} | {bytes} |");
    }

    /// <summary>Runs until the compiler has settled, and finds how many steps make a turn.</summary>
    private static int WarmUp(ITrainingRival rival)
    {
        // Tiered compilation looks at a method after thirty calls and replaces it in the background within a tenth of a second or two.
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < 60 || Stopwatch.GetElapsedTime(start).TotalMilliseconds < 600; i++)
            _ = rival.TakeStep();
        int steps = 1;
        while (Turn(rival, steps) * steps < TurnMilliseconds)
            steps *= 2;
        return steps;
    }

    /// <summary>Milliseconds of processor time a step.</summary>
    private static double Turn(ITrainingRival rival, int steps)
    {
        TimeSpan start = Environment.CpuUsage.TotalTime;
        for (int i = 0; i < steps; i++)
            _ = rival.TakeStep();
        return (Environment.CpuUsage.TotalTime - start).TotalMilliseconds / steps;
    }

    private static double Median(double[] values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
