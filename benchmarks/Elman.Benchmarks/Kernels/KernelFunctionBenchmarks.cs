using System.Runtime.CompilerServices;
using BenchmarkDotNet.Attributes;
using Elman.Kernels;

namespace Elman.Benchmarks.Kernels;

/// <summary>Time per element of the transcendental functions, with every kernel set that this processor supports.</summary>
[MemoryDiagnoser]
public unsafe class KernelFunctionBenchmarks : IDisposable
{
    /// <summary>The number of arguments: they fit in the first-level cache together with their results.</summary>
    private const int Count = 2048;

    private readonly NativeBuffer<float> _x = new(Count), _y = new(Count);
    private Loops _loops;

    /// <summary>The kernel sets to measure.</summary>
    public static IEnumerable<string> Sets => SupportedKernels.Names;

    /// <summary>The kernel set under measurement.</summary>
    [ParamsSource(nameof(Sets))]
    public string Kernel { get; set; } = "";

    /// <summary>Draws the arguments from [−8, 8), the usual range in a cell.</summary>
    [GlobalSetup]
    public void SetUp()
    {
        _loops = SupportedKernels.Find(Kernel).Accept<Visitor, Loops>(default);
        var random = new SeededRandom(1);
        foreach (ref float x in _x.Span)
            x = (float)random.NextUniform(-8, 8);
    }

    [Benchmark(OperationsPerInvoke = Count)]
    public void Tanh() => _loops.Tanh(_x.Start, _y.Start);

    [Benchmark(OperationsPerInvoke = Count)]
    public void Sigmoid() => _loops.Sigmoid(_x.Start, _y.Start);

    [Benchmark(OperationsPerInvoke = Count)]
    public void Exp() => _loops.Exp(_x.Start, _y.Start);

    /// <inheritdoc cref="IDisposable.Dispose"/>
    [GlobalCleanup]
    public void Dispose()
    {
        _x.Dispose();
        _y.Dispose();
        GC.SuppressFinalize(this);
    }

    private readonly struct Loops(
        delegate*<float*, float*, void> tanh, delegate*<float*, float*, void> sigmoid, delegate*<float*, float*, void> exp)
    {
        public delegate*<float*, float*, void> Tanh => tanh;

        public delegate*<float*, float*, void> Sigmoid => sigmoid;

        public delegate*<float*, float*, void> Exp => exp;
    }

    // Compiled like the loops of the cells: see CellPass.
    private static class Loop<V>
        where V : unmanaged, ILane<V, float>
    {
        [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
        public static void Tanh(float* x, float* y)
        {
            for (int i = 0; i < Count; i += V.Width)
                Functions.Tanh<V, float>(V.Load(x + i)).Store(y + i);
        }

        [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
        public static void Sigmoid(float* x, float* y)
        {
            for (int i = 0; i < Count; i += V.Width)
                Functions.Sigmoid<V, float>(V.Load(x + i)).Store(y + i);
        }

        [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
        public static void Exp(float* x, float* y)
        {
            for (int i = 0; i < Count; i += V.Width)
                Functions.Exp<V, float>(V.Load(x + i)).Store(y + i);
        }
    }

    private readonly struct Visitor : ILaneVisitor<float, Loops>
    {
        public Loops Visit<V>()
            where V : unmanaged, ILane<V, float> => new(&Loop<V>.Tanh, &Loop<V>.Sigmoid, &Loop<V>.Exp);
    }
}
