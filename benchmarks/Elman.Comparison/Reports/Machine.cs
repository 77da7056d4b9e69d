using System.Globalization;
using System.Runtime.InteropServices;
using Elman.Comparison.Measuring;
using Elman.Kernels;
using Microsoft.ML.OnnxRuntime;

namespace Elman.Comparison.Reports;

/// <summary>The hardware and software of the measurements.</summary>
/// <param name="Processor">The name of the processor.</param>
/// <param name="Processors">The number of processors that this process may use.</param>
/// <param name="System">The operating system.</param>
/// <param name="Runtime">The .NET runtime.</param>
/// <param name="Kernels">The kernel set of Elman.</param>
/// <param name="LibTorch">The version of libtorch.</param>
/// <param name="OnnxRuntime">The version of ONNX Runtime.</param>
/// <param name="SinglePeaks">The peak in GFLOP/s in float, for one thread, two threads, ….</param>
/// <param name="DoublePeaks">The peak in GFLOP/s in double, for one thread, two threads, ….</param>
internal sealed record Machine(
    string Processor, int Processors, string System, string Runtime, string Kernels, string LibTorch, string OnnxRuntime,
    IReadOnlyList<double> SinglePeaks, IReadOnlyList<double> DoublePeaks)
{
    /// <summary>Inspects this machine, and measures its peak.</summary>
    /// <param name="threads">The maximum number of threads for which the peak is measured.</param>
    public static Machine Inspect(int threads) => new(
        ProcessorName.Find(),
        Environment.ProcessorCount,
        RuntimeInformation.OSDescription,
        RuntimeInformation.FrameworkDescription,
        KernelCatalog.Default<float>().Name,
        TorchSharp.torch.__version__,
        OrtEnv.Instance().GetVersionString(),
        [.. Enumerable.Range(1, threads).Select(Peak.Measure<float>)],
        [.. Enumerable.Range(1, threads).Select(Peak.Measure<double>)]);

    /// <summary>Returns the peak in GFLOP/s for the precision and the threads of a row.</summary>
    public double PeakOf(Rows.Row row) => (row.IsDouble ? DoublePeaks : SinglePeaks)[row.Threads - 1];

    /// <summary>Describes the machine in lines of text.</summary>
    public IEnumerable<string> Lines() =>
    [
        string.Create(CultureInfo.InvariantCulture, $"{Processor}, {Processors} processors, {System}"),
        $"{Runtime}, kernels {Kernels}; libtorch {LibTorch} through TorchSharp; ONNX Runtime {OnnxRuntime}",
        $"Peak of fused multiply-adds, GFLOP/s: float {Peaks(SinglePeaks)}; double {Peaks(DoublePeaks)}",
    ];

    private static string Peaks(IReadOnlyList<double> peaks) =>
        string.Join(", ", peaks.Select((peak, i) => string.Create(
            CultureInfo.InvariantCulture, $"{peak:F0} on {i + 1} {(i == 0 ? "thread" : "threads")}")));
}
