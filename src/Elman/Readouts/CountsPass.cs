using System.Numerics;
using System.Runtime.CompilerServices;
using Elman.Kernels;
using Elman.Recurrent;

namespace Elman.Readouts;

/// <summary>
/// The arithmetic of a <see cref="CountsReadout{T}"/> on its state, lane by lane; an incomplete lane is processed one number at a time.
/// </summary>
internal abstract unsafe class CountsPass<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Sets the state of a sequence before its first step.</summary>
    public static void Begin(CountsLayout layout, T* state, nint stride, int count)
    {
        for (int vector = 0; vector < layout.StateVectors; vector++)
            new Span<T>(state + (vector * stride), count).Clear();
        if (!layout.IsDetailed)
            return;
        new Span<T>(state + (layout.Greatest * stride), count).Fill(T.NegativeInfinity);
        new Span<T>(state + ((layout.Greatest + 1) * stride), count).Fill(T.PositiveInfinity);
    }

    /// <summary>Adds steps to the state.</summary>
    /// <param name="layout">The layout of the counts.</param>
    /// <param name="state">The state, vectors of <paramref name="stride"/> numbers.</param>
    /// <param name="thresholds">The thresholds, vectors of the same stride.</param>
    /// <param name="stride">The distance from one vector of the state to the next.</param>
    /// <param name="y">The values of the first step.</param>
    /// <param name="yStride">The distance from the values of a step to those of the next.</param>
    /// <param name="steps">The number of steps.</param>
    /// <param name="count">The number of elements of a vector to process.</param>
    /// <param name="read">The number of steps read before.</param>
    /// <param name="firstPart">The number of steps in the half that is read first, if halves are counted.</param>
    public abstract void Take(
        CountsLayout layout, T* state, T* thresholds, nint stride, T* y, nint yStride, int steps, int count, long read, int firstPart);

    /// <summary>Computes the features of the steps so far. The state does not change.</summary>
    /// <param name="layout">The layout of the counts.</param>
    /// <param name="state">The state, vectors of <paramref name="stride"/> numbers.</param>
    /// <param name="stride">The distance from one vector of the state to the next.</param>
    /// <param name="features">Receives the features, vectors of <paramref name="width"/> numbers.</param>
    /// <param name="width">W.</param>
    /// <param name="count">The number of elements of a vector to process.</param>
    /// <param name="steps">The number of steps so far, at least 1.</param>
    /// <param name="isReversed">Whether the steps were read in reverse order.</param>
    public abstract void Conclude(
        CountsLayout layout, T* state, nint stride, T* features, nint width, int count, long steps, bool isReversed);

    /// <summary>The pass at the lane of a kernel set.</summary>
    public static CountsPass<T> For(KernelSet<T> kernels) => kernels.Accept<Visitor, CountsPass<T>>(default);

    private readonly struct Visitor : ILaneVisitor<T, CountsPass<T>>
    {
        public CountsPass<T> Visit<V>()
            where V : unmanaged, ILane<V, T> => new CountsPass<V, T>();
    }
}

/// <inheritdoc/>
internal sealed unsafe partial class CountsPass<V, T> : CountsPass<T>
    where V : unmanaged, ILane<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public override void Take(
        CountsLayout layout, T* state, T* thresholds, nint stride, T* y, nint yStride, int steps, int count, long read, int firstPart)
    {
        while (steps > 0)
        {
            int taken = layout.StepsOfThisSum(read, steps, firstPart);
            nint j = 0;
            for (; j + V.Width <= count; j += V.Width)
                Take<V>(layout, state + j, thresholds + j, stride, y + j, yStride, taken, read, firstPart);
            for (; j < count; j++)
                Take<ScalarLane<T>>(layout, state + j, thresholds + j, stride, y + j, yStride, taken, read, firstPart);
            read += taken;
            steps -= taken;
            y += taken * yStride;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public override void Conclude(
        CountsLayout layout, T* state, nint stride, T* features, nint width, int count, long steps, bool isReversed)
    {
        nint j = 0;
        for (; j + V.Width <= count; j += V.Width)
            Conclude<V>(layout, state + j, stride, features + j, width, steps, isReversed);
        for (; j < count; j++)
            Conclude<ScalarLane<T>>(layout, state + j, stride, features + j, width, steps, isReversed);
    }

    /// <summary>Adds steps to one partial sum, which they may complete.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Take<L>(
        CountsLayout layout, T* totals, T* thresholds, nint stride, T* y, nint yStride, int steps, long read, int firstPart)
        where L : unmanaged, ILane<L, T>
    {
        T* partial = totals + (layout.Totals * stride), end = y + (steps * yStride);
        for (int k = 0; k < layout.Thresholds; k++)
        {
            L limit = L.Load(thresholds + (k * stride));
            if (layout.IsDetailed)
                CountDetailed(layout, totals + (k * stride), partial + (k * stride), stride, limit, y, yStride, end, read);
            else
                Count(partial + (k * stride), limit, y, yStride, end);
        }
        L magnitude = L.Load(partial + (layout.Thresholds * stride));
        for (T* value = y; value < end; value += yStride)
            magnitude += L.Abs(L.Load(value));
        magnitude.Store(partial + (layout.Thresholds * stride));
        if (layout.IsDetailed)
            Bound<L>(totals + (layout.Greatest * stride), stride, y, yStride, end);

        read += steps;
        if (read % CountsLayout.StepsOfASum == 0)
            Join<L>(layout, totals, partial, stride, read - CountsLayout.StepsOfASum);
        if (layout.HasHalves && read == firstPart)
            Keep<L>(layout, totals, partial, stride);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Count<L>(T* partial, L limit, T* y, nint yStride, T* end)
        where L : unmanaged, ILane<L, T>
    {
        L count = L.Load(partial);
        for (; y < end; y += yStride)
            count = L.CountLess(count, limit, L.Load(y));
        count.Store(partial);
    }

    /// <summary>
    /// Updates the count of a threshold, the sum of outputs above it, the sum of their indices, and the longest run. Conditions are written
    /// out for each, so that the compiler uses masked operations.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void CountDetailed<L>(
        CountsLayout layout, T* totals, T* partial, nint stride, L limit, T* y, nint yStride, T* end, long read)
        where L : unmanaged, ILane<L, T>
    {
        T* sums = partial + (layout.SumsAbove * stride), indices = partial + (layout.SumsOfIndices * stride);
        T* longestRuns = totals + (layout.LongestRuns * stride), runs = longestRuns + (layout.Thresholds * stride);
        L count = L.Load(partial), sum = L.Load(sums), sumOfIndices = L.Load(indices), longest = L.Load(longestRuns), run = L.Load(runs);
        L index = L.Create(T.CreateTruncating(read % CountsLayout.StepsOfASum)), one = L.Constant(1), zero = L.Constant(0);
        for (; y < end; y += yStride)
        {
            L value = L.Load(y);
            count = L.CountLess(count, limit, value);
            sum = L.Blend(L.LessThan(limit, value), sum + value, sum);
            sumOfIndices = L.Blend(L.LessThan(limit, value), sumOfIndices + index, sumOfIndices);
            run = L.Blend(L.LessThan(limit, value), run + one, zero);
            longest = L.AtLeast(longest, run); // both at least 0, so the signs of zeros have no effect
            index += one;
        }
        count.Store(partial);
        sum.Store(sums);
        sumOfIndices.Store(indices);
        longest.Store(longestRuns);
        run.Store(runs);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Bound<L>(T* greatest, nint stride, T* y, nint yStride, T* end)
        where L : unmanaged, ILane<L, T>
    {
        L high = L.Load(greatest), low = L.Load(greatest + stride);
        for (; y < end; y += yStride)
        {
            L value = L.Load(y);
            high = L.Blend(L.LessThan(high, value), value, high);
            low = L.Blend(L.LessThan(value, low), value, low);
        }
        high.Store(greatest);
        low.Store(greatest + stride);
    }

    /// <summary>Adds the partial sums to the totals.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Join<L>(CountsLayout layout, T* totals, T* partial, nint stride, long before)
        where L : unmanaged, ILane<L, T>
    {
        for (int vector = layout.Sums - 1; vector >= 0; vector--) // counts last: sums of indices need them
        {
            Total<L>(layout, totals, partial, stride, vector, before).Store(totals + (vector * stride));
            L.Constant(0).Store(partial + (vector * stride));
        }
    }

    /// <summary>Stores the counts of the half that is read first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Keep<L>(CountsLayout layout, T* totals, T* partial, nint stride)
        where L : unmanaged, ILane<L, T>
    {
        for (int k = 0; k < layout.Thresholds; k++)
            Total<L>(layout, totals, partial, stride, k, 0).Store(totals + ((layout.FirstHalves + k) * stride));
    }

    /// <summary>
    /// Returns a total with its partial sum. Indices in the partial sum are counted from its start, so the number of earlier steps is added
    /// for each counted step.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static L Total<L>(CountsLayout layout, T* totals, T* partial, nint stride, int vector, long before)
        where L : unmanaged, ILane<L, T>
    {
        L part = L.Load(partial + (vector * stride));
        if (layout.IsDetailed && vector >= layout.SumsOfIndices)
            part = L.FusedMultiplyAdd(
                L.Load(partial + ((vector - layout.SumsOfIndices) * stride)), L.Create(T.CreateTruncating(before)), part);
        return L.Load(totals + (vector * stride)) + part;
    }
}
