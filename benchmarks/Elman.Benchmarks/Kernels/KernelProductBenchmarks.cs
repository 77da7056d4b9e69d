using BenchmarkDotNet.Attributes;
using Elman.Kernels;

namespace Elman.Benchmarks.Kernels;

/// <summary>The matrix products of a training step, with every kernel set that this processor supports.</summary>
[MemoryDiagnoser]
[Throughput]
public unsafe class KernelProductBenchmarks : IDisposable
{
    private readonly NativeBuffer<float> _x = new(), _w = new(), _y = new(), _wPanels = new(), _bias = new(),
        _sums = new(), _scratch = new();
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
        _kernels.Pack(_w.Start, Shape.Outputs, Shape.Inputs, Shape.Outputs, _wPanels.Start, Shape.Inputs);
        _sums.Resize(Shape.Outputs);
        _sums.Clear();
        _scratch.Resize(_kernels.GradientScratchSize(Shape.Inputs, 0));

        void Fill(NativeBuffer<float> buffer, int count)
        {
            buffer.Resize(count);
            foreach (ref float x in buffer.Span)
                x = (float)random.NextUniform(-1, 1);
        }
    }

    /// <summary><c>Y = X·W + b</c>, with W packed beforehand, as it is packed once per training step.</summary>
    [Benchmark]
    public void Forward() => _kernels!.Multiply(
        RowOperand<float>.Of(_x.Start, Shape.Inputs, Shape.Inputs), _wPanels.Start, Shape.Inputs, _bias.Start, 0, _y.Start, Shape.Outputs,
        Shape.Rows, Shape.Outputs);

    /// <summary><c>W += Xᵀ·Y</c> and the column sums of Y, including packing.</summary>
    [Benchmark]
    public void WeightGradient()
    {
        var x = new GradientOperand<float>
        {
            A = _x.Start,
            Stride = Shape.Inputs,
            Columns = Shape.Inputs,
            Gradient = _w.Start,
            GradientStride = Shape.Outputs,
        };
        _kernels!.AddGradients(x, default, _y.Start, Shape.Outputs, Shape.Rows, 0, Shape.Outputs, _sums.Start, _scratch.Start);
    }

    /// <inheritdoc cref="IDisposable.Dispose"/>
    [GlobalCleanup]
    public void Dispose()
    {
        _x.Dispose();
        _w.Dispose();
        _y.Dispose();
        _wPanels.Dispose();
        _bias.Dispose();
        _sums.Dispose();
        _scratch.Dispose();
        GC.SuppressFinalize(this);
    }
}
