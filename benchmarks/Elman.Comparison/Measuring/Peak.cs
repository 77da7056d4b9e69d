using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using Elman.Kernels;

namespace Elman.Comparison.Measuring;

/// <summary>
/// The peak: the maximum rate of fused multiply-adds that managed code achieves on this processor. It uses twelve independent accumulators
/// in registers and no memory, which is more than sufficient for two units with a latency of four.
/// </summary>
internal static unsafe class Peak
{
    private const int Accumulators = 12;
    // Many short attempts, about a tenth of a millisecond each, so that some are not interrupted by other programs.
    private const int Attempts = 400;
    private const long Repetitions = 1 << 16;

    /// <summary>
    /// Measures the rate in billions of floating-point operations per second (a multiply-add counts as two), for the better of the two
    /// widest lanes that the processor supports: on some processors, the widest lowers the clock.
    /// </summary>
    /// <param name="threads">The number of threads that run at the same time.</param>
    public static double Measure<T>(int threads)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        KernelCatalog.All<T>().Where(set => set.IsSupported).Take(2).Max(set => Measure(set.Accept<Visitor<T>, Loop>(default), threads));

    private static double Measure(Loop loop, int threads)
    {
        double best = Enumerable.Range(0, Attempts).Min(_ => Time(loop, threads));
        return 2.0 * Accumulators * loop.Width * Repetitions * threads / best / 1e9;
    }

    private static double Time(Loop loop, int threads)
    {
        using var start = new Barrier(threads);
        double[] seconds = new double[threads];
        Thread[] others = [.. Enumerable.Range(1, threads - 1).Select(i => new Thread(() => Work(i)))];
        foreach (Thread thread in others)
            thread.Start();
        Work(0);
        foreach (Thread thread in others)
            thread.Join();
        return seconds.Max();

        void Work(int i)
        {
            start.SignalAndWait();
            long begin = Stopwatch.GetTimestamp();
            loop.Run(Repetitions);
            seconds[i] = Stopwatch.GetElapsedTime(begin).TotalSeconds;
        }
    }

    // Compiled like the hot loops of the library.
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Multiply<V, T>(long count)
        where V : unmanaged, ILane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V x = V.Constant(0.5), y = V.Constant(1), zero = V.Constant(0);
        V c0 = zero, c1 = zero, c2 = zero, c3 = zero, c4 = zero, c5 = zero, c6 = zero, c7 = zero, c8 = zero,
            c9 = zero, c10 = zero, c11 = zero;
        for (long i = 0; i < count; i++)
        {
            c0 = V.FusedMultiplyAdd(c0, x, y);
            c1 = V.FusedMultiplyAdd(c1, x, y);
            c2 = V.FusedMultiplyAdd(c2, x, y);
            c3 = V.FusedMultiplyAdd(c3, x, y);
            c4 = V.FusedMultiplyAdd(c4, x, y);
            c5 = V.FusedMultiplyAdd(c5, x, y);
            c6 = V.FusedMultiplyAdd(c6, x, y);
            c7 = V.FusedMultiplyAdd(c7, x, y);
            c8 = V.FusedMultiplyAdd(c8, x, y);
            c9 = V.FusedMultiplyAdd(c9, x, y);
            c10 = V.FusedMultiplyAdd(c10, x, y);
            c11 = V.FusedMultiplyAdd(c11, x, y);
        }
        V sum = c0 + c1 + c2 + c3 + c4 + c5 + c6 + c7 + c8 + c9 + c10 + c11;
        T* results = stackalloc T[V.Width];
        sum.Store(results);
        Volatile.Write(ref _sink, double.CreateTruncating(results[0]));
    }

    private static double _sink; // so that the compiler removes nothing

    private readonly struct Loop(delegate*<long, void> run, int width)
    {
        public int Width => width;

        public void Run(long count) => run(count);
    }

    private readonly struct Visitor<T> : ILaneVisitor<T, Loop>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public Loop Visit<V>()
            where V : unmanaged, ILane<V, T> => new(&Multiply<V, T>, V.Width);
    }
}
