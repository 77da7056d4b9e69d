using BenchmarkDotNet.Attributes;
using Elman.Benchmarks.Kernels;

namespace Elman.Benchmarks.Cells;

/// <summary>Time per unit of the elementwise operations of a cell, with every kernel set that this processor supports.</summary>
[MemoryDiagnoser]
public class CellBenchmarks : IDisposable
{
    private CellWork? _work;

    /// <summary>The cells to measure: all cells of the catalog.</summary>
    public static IEnumerable<string> Cells => CellWork.Names;

    /// <summary>The kernel sets to measure.</summary>
    public static IEnumerable<string> Sets => SupportedKernels.Names;

    /// <summary>The cell under measurement.</summary>
    [ParamsSource(nameof(Cells))]
    public string Cell { get; set; } = "";

    /// <summary>The kernel set under measurement.</summary>
    [ParamsSource(nameof(Sets))]
    public string Kernel { get; set; } = "";

    /// <summary>Creates the numbers to work on.</summary>
    [GlobalSetup]
    public void SetUp() => _work = CellWork.Create(Cell, SupportedKernels.Find(Kernel));

    [Benchmark(OperationsPerInvoke = CellWork.Rows * CellWork.Hidden)]
    public void Forward() => _work!.Forward();

    [Benchmark(OperationsPerInvoke = CellWork.Rows * CellWork.Hidden)]
    public void Backward() => _work!.Backward();

    /// <inheritdoc cref="IDisposable.Dispose"/>
    [GlobalCleanup]
    public void Dispose()
    {
        _work?.Dispose();
        GC.SuppressFinalize(this);
    }
}
