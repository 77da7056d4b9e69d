using BenchmarkDotNet.Attributes;
using Elman.Kernels;

namespace Elman.Benchmarks.Ridge;

/// <summary>What ridge regression spends its time with, in double. Multiply-adds: n³/6 for the factor, n³/6 for the diagonal of the inverse, 512·n² for the product.</summary>
public unsafe class RidgeFactorBenchmarks : IDisposable
{
    private const int Rows = 1024;

    private readonly NativeBuffer<double> _rows = new(), _sums = new();
    private Workers? _workers;
    private CholeskyFactor<double>? _factor;
    private SymmetricProduct? _product;

    /// <summary>Rows and columns.</summary>
    [Params(1000, 3000, 4800)]
    public int Size { get; set; }

    /// <summary>Threads that work.</summary>
    [Params(1, 2)]
    public int Threads { get; set; }

    /// <summary>Fills the matrices.</summary>
    [GlobalSetup]
    public void SetUp()
    {
        KernelSet<double> kernels = KernelCatalog.Default<double>();
        _workers = new Workers(Threads);
        _factor = new CholeskyFactor<double>(Size, _workers, kernels);
        _product = new SymmetricProduct(kernels, _workers);
        _rows.Resize((long)Rows * Size);
        _sums.Resize((long)Size * Size);
        _sums.Clear();
        var random = new SeededRandom(1);
        foreach (ref double x in _rows.Span)
            x = random.NextUniform(-1, 1);
    }

    /// <summary>The factor, and the filling of the matrix, which takes n² steps.</summary>
    [Benchmark]
    public bool Factor()
    {
        CholeskyFactor<double> factor = _factor!;
        for (int i = 0; i < Size; i++)
        {
            var row = new Span<double>(factor.Start + (i * factor.Stride) + i, Size - i);
            row.Fill(0.25);
            row[0] = Size;
        }
        return factor.Factor();
    }

    /// <summary>The diagonal of the inverse.</summary>
    [Benchmark]
    public double[] InverseDiagonal() => _factor!.InverseDiagonal();

    /// <summary><c>C += AᵀA</c> of 1024 rows.</summary>
    [Benchmark]
    public void SymmetricProduct() => _product!.Add(_rows.Start, Size, Rows, Size, _sums.Start, Size);

    /// <inheritdoc cref="IDisposable.Dispose"/>
    [GlobalCleanup]
    public void Dispose()
    {
        _factor?.Dispose();
        _product?.Dispose();
        _workers?.Dispose();
        _rows.Dispose();
        _sums.Dispose();
        GC.SuppressFinalize(this);
    }
}
