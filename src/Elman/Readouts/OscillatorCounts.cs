using System.Numerics;
using System.Runtime.CompilerServices;
using Elman.Cells;
using Elman.Kernels;
using Elman.Recurrent;

namespace Elman.Readouts;

/// <summary>
/// Oscillators and their counts in one pass: a lane of units runs over all steps of a sequence with states and counters in registers.
/// </summary>
/// <remarks>
/// Has the same bits as <see cref="OscillatorCell"/> followed by <see cref="CountsPass{T}"/>: each number is computed by the same
/// operations in the same order. Outputs of steps are never written to memory.
/// </remarks>
internal abstract unsafe class OscillatorCounts<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The number of steps whose drive x·Wx + b is computed together, so that a row of Wx is read once for them.</summary>
    public const int StepsTogether = 4;

    /// <summary>Runs a block of units over a sequence.</summary>
    /// <param name="layout">The layout of the counts: shares of <see cref="CountsLayout.MostThresholds"/> thresholds, without
    /// details.</param>
    /// <param name="block">The block: see <see cref="OscillatorUnits{T}"/>.</param>
    /// <param name="hasSecondStage">Whether any of its units has a second stage.</param>
    /// <param name="x">The inputs in the order in which they are read, <c>[steps, I]</c>; followed by readable memory for
    /// <see cref="StepsTogether"/> − 1 steps.</param>
    /// <param name="inputs">I, the number of inputs of a step.</param>
    /// <param name="steps">The number of steps, at least 1.</param>
    /// <param name="firstPart">The number of steps in the half that is read first, if halves are counted.</param>
    /// <param name="state">Receives the state of the readout, vectors of a lane; followed by memory for <see cref="StepsTogether"/> more
    /// vectors.</param>
    public abstract void Run(CountsLayout layout, T* block, bool hasSecondStage, T* x, int inputs, int steps, int firstPart, T* state);

    /// <summary>The pass at the lane of a kernel set.</summary>
    public static OscillatorCounts<T> For(KernelSet<T> kernels) => kernels.Accept<Visitor, OscillatorCounts<T>>(default);

    private readonly struct Visitor : ILaneVisitor<T, OscillatorCounts<T>>
    {
        public OscillatorCounts<T> Visit<V>()
            where V : unmanaged, ILane<V, T> => new OscillatorCounts<V, T>();
    }
}

/// <inheritdoc/>
internal sealed unsafe class OscillatorCounts<V, T> : OscillatorCounts<T>
    where V : unmanaged, ILane<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public override void Run(CountsLayout layout, T* block, bool hasSecondStage, T* x, int inputs, int steps, int firstPart, T* state)
    {
        if (hasSecondStage)
            Run<Yes>(layout, block, x, inputs, steps, firstPart, state);
        else
            Run<No>(layout, block, x, inputs, steps, firstPart, state);
    }

    /// <remarks>NoInlining with AggressiveOptimization: see <see cref="CellPass{TCell, V, T}"/>.</remarks>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Run<TSecond>(CountsLayout layout, T* block, T* x, int inputs, int steps, int firstPart, T* state)
        where TSecond : struct, IAnswer
    {
        nint n = V.Width;
        T* partial = state + (layout.Totals * n), drives = state + (layout.StateVectors * n);
        V zero = V.Constant(0);
        for (int vector = 0; vector < layout.Totals; vector++)
            zero.Store(state + (vector * n));

        V cos = V.Load(block + n), sin = V.Load(block + (2 * n)), secondCos = V.Load(block + (3 * n)), secondSin = V.Load(block + (4 * n));
        V outCos = V.Load(block + (5 * n)), outSin = -V.Load(block + (6 * n)), minusSin = -sin, secondMinusSin = -secondSin;
        V limit0 = V.Load(block + (7 * n)), limit1 = V.Load(block + (8 * n)), limit2 = V.Load(block + (9 * n)),
            limit3 = V.Load(block + (10 * n)), limit4 = V.Load(block + (11 * n));
        V re = zero, im = zero, secondRe = zero, secondIm = zero;
        V count0 = zero, count1 = zero, count2 = zero, count3 = zero, count4 = zero, magnitude = zero;

        for (int t = 0; t < steps;)
        {
            int end = Math.Min(steps, (t / CountsLayout.StepsOfASum * CountsLayout.StepsOfASum) + CountsLayout.StepsOfASum);
            if (t < firstPart)
                end = Math.Min(end, firstPart);
            while (t < end)
            {
                Drive(block, x + ((nint)t * inputs), inputs, drives);
                T* drive = drives;
                for (int stop = Math.Min(t + StepsTogether, end); t < stop; t++, drive += n)
                {
                    OscillatorCell.Turn<V, T>(cos, sin, minusSin, ref re, ref im, V.Load(drive));
                    V y;
                    if (TSecond.IsYes)
                    {
                        OscillatorCell.TurnSecond<V, T>(secondCos, secondSin, secondMinusSin, ref secondRe, ref secondIm, re, im);
                        y = OscillatorCell.Output<V, T>(outCos, outSin, secondRe, secondIm);
                    }
                    else
                    {
                        y = OscillatorCell.Output<V, T>(outCos, outSin, re, im);
                    }
                    count0 = V.CountLess(count0, limit0, y);
                    count1 = V.CountLess(count1, limit1, y);
                    count2 = V.CountLess(count2, limit2, y);
                    count3 = V.CountLess(count3, limit3, y);
                    count4 = V.CountLess(count4, limit4, y);
                    magnitude += V.Abs(y);
                }
            }
            if (layout.HasHalves && t == firstPart)
            {
                T* kept = state + (layout.FirstHalves * n);
                (V.Load(state) + count0).Store(kept);
                (V.Load(state + n) + count1).Store(kept + n);
                (V.Load(state + (2 * n)) + count2).Store(kept + (2 * n));
                (V.Load(state + (3 * n)) + count3).Store(kept + (3 * n));
                (V.Load(state + (4 * n)) + count4).Store(kept + (4 * n));
            }
            if (t % CountsLayout.StepsOfASum == 0)
            {
                Join(state, ref count0);
                Join(state + n, ref count1);
                Join(state + (2 * n), ref count2);
                Join(state + (3 * n), ref count3);
                Join(state + (4 * n), ref count4);
                Join(state + (5 * n), ref magnitude);
            }
        }

        count0.Store(partial);
        count1.Store(partial + n);
        count2.Store(partial + (2 * n));
        count3.Store(partial + (3 * n));
        count4.Store(partial + (4 * n));
        magnitude.Store(partial + (5 * n));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Join(T* total, ref V partial)
    {
        (V.Load(total) + partial).Store(total);
        partial = V.Constant(0);
    }

    /// <summary>Computes x_t·Wx + b for a few steps: each is one chain of multiply-adds over the inputs, starting with b.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Drive(T* block, T* x, nint inputs, T* drives)
    {
        nint n = V.Width;
        V a = V.Load(block), b = a, c = a, d = a;
        T* weights = block + (OscillatorUnits<T>.FirstInput * n);
        T* end = x + inputs;
        for (; x < end; x++, weights += n)
        {
            V w = V.Load(weights);
            V.Accumulate(ref a, V.Broadcast(x), w);
            V.Accumulate(ref b, V.Broadcast(x + inputs), w);
            V.Accumulate(ref c, V.Broadcast(x + (2 * inputs)), w);
            V.Accumulate(ref d, V.Broadcast(x + (3 * inputs)), w);
        }
        a.Store(drives);
        b.Store(drives + n);
        c.Store(drives + (2 * n));
        d.Store(drives + (3 * n));
    }
}
