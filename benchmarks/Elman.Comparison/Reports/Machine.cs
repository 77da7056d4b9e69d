using System.Globalization;
using System.Runtime.InteropServices;
using Elman.Comparison.Measuring;
using Elman.Kernels;
using Microsoft.ML.OnnxRuntime;

namespace Elman.Comparison.Reports;

/// <summary>What the figures were measured on and with.</summary>
/// <param name="Processor">The processor's name.</param>
/// <param name="Processors">How many of them this process may use.</param>
/// <param name="System">The operating system.</param>
/// <param name="Runtime">The .NET runtime.</param>
/// <param name="Kernels">Elman's kernel set.</param>
/// <param name="LibTorch">libtorch's version.</param>
/// <param name="OnnxRuntime">ONNX Runtime's version.</param>
/// <param name="SinglePeaks">Peak in GFLOP/s in float, for one thread, two, ….</param>
/// <param name="DoublePeaks">The same in double.</param>
internal sealed record Machine(
    string Processor, int Processors, string System, string Runtime, string Kernels, string LibTorch, string OnnxRuntime,
    IReadOnlyList<double> SinglePeaks, IReadOnlyList<double> DoublePeaks)
{
    /// <summary>Looks at this machine, and measures its peak.</summary>
    /// <param name="threads">The greatest number of threads to measure the peak of.</param>
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

    /// <summary>The peak in GFLOP/s for a row's precision and threads.</summary>
    public double PeakOf(Rows.Row row) => (row.IsDouble ? DoublePeaks : SinglePeaks)[row.Threads - 1];

    /// <summary>As lines of text.</summary>
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
