using BenchmarkDotNet.Attributes;
using Elman.Kernels;

namespace Elman.Benchmarks.Kernels;

/// <summary>The matrix products of a training step, with every kernel set that this processor supports.</summary>
[MemoryDiagnoser]
[Throughput]
public unsafe class KernelProductBenchmarks : IDisposable
{
    private readonly NativeBuffer<float> _x = new(), _w = new(), _y = new(), _wPanels = new(), _yPanel = new(), _bias = new();
    private KernelSet<float>? _kernels;

    /// <summary>The kernel sets to measure.</summary>
    public static IEnumerable<string> Sets => SupportedKernels.Names;

    /// <summary>The sizes to measure.</summary>
    public static IEnumerable<ProductShape> Shapes => ProductShape.All;

    /// <summary>The size under measurement.</summary>
    [ParamsSource(nameof(Shapes))]
    public ProductShape Shape { get; set; } = ProductShape.All[0];

    /// <summary>The kernel set under measurement.</summary>
    [ParamsSource(nameof(Sets))]
    public string Kernel { get; set; } = "";

    /// <summary>Fills the matrices.</summary>
    [GlobalSetup]
    public void SetUp()
    {
        _kernels = SupportedKernels.Find(Kernel);
        var random = new SeededRandom(1);
        Fill(_x, Shape.Rows * Shape.Inputs);
        Fill(_w, Shape.Inputs * Shape.Outputs);
        Fill(_y, Shape.Rows * Shape.Outputs);
        Fill(_bias, Shape.Outputs);
        _wPanels.Resize(Shape.Inputs * _kernels.Pad(Shape.Outputs));
        _kernels.Pack(_w.Start, Shape.Outputs, Shape.Inputs, Shape.Outputs, _wPanels.Start);
        _yPanel.Resize(Gemm.BlockSteps * _kernels.PanelWidth);

        void Fill(NativeBuffer<float> buffer, int count)
        {
            buffer.Resize(count);
            foreach (ref float x in buffer.Span)
                x = (float)random.NextUniform(-1, 1);
        }
    }

    /// <summary><c>Y = X·W + b</c>, W packed beforehand, as it is once a training step.</summary>
    [Benchmark]
    public void Forward() => _kernels!.Multiply(
        _x.Start, Shape.Inputs, _wPanels.Start, _bias.Start, 0, _y.Start, Shape.Outputs, Shape.Rows, Shape.Outputs, Shape.Inputs);

    /// <summary><c>W += Xᵀ·Y</c>, packing included.</summary>
    [Benchmark]
    public void WeightGradient() => _kernels!.AddTransposed(
        _x.Start, Shape.Inputs, _y.Start, Shape.Outputs, _w.Start, Shape.Outputs, Shape.Inputs, 0, Shape.Outputs, Shape.Rows, _yPanel.Start);

    /// <inheritdoc cref="IDisposable.Dispose"/>
    [GlobalCleanup]
    public void Dispose()
    {
        _x.Dispose();
        _w.Dispose();
        _y.Dispose();
        _wPanels.Dispose();
        _yPanel.Dispose();
        _bias.Dispose();
        GC.SuppressFinalize(this);
    }
}
