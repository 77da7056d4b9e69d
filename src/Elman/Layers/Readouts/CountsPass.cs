using System.Numerics;
using System.Runtime.CompilerServices;
using Elman.Kernels;

namespace Elman.Layers;

/// <summary>The arithmetic of a <see cref="CountsReadout{T}"/> on its state, lane by lane. Lanes that are no whole one are taken number by number.</summary>
internal abstract unsafe class CountsPass<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The state of a sequence before its first step.</summary>
    public static void Begin(CountsLayout layout, T* state, nint stride, int count)
    {
        for (int vector = 0; vector < layout.StateVectors; vector++)
            new Span<T>(state + (vector * stride), count).Fill(layout.HasValues && vector == CountsLayout.SumOfValues + 2 ? T.NegativeInfinity : T.Zero);
    }

    /// <summary>Takes a step.</summary>
    /// <param name="layout">What is counted.</param>
    /// <param name="state">The state, vectors of <paramref name="stride"/> numbers.</param>
    /// <param name="thresholds">The thresholds, vectors of the same stride.</param>
    /// <param name="stride">W.</param>
    /// <param name="y">The values of the step.</param>
    /// <param name="count">How many.</param>
    /// <param name="read">Steps that were read before.</param>
    /// <param name="firstPart">Steps of the half that is read first, where halves are counted.</param>
    public abstract void Take(CountsLayout layout, T* state, T* thresholds, nint stride, T* y, int count, long read, int firstPart);

    /// <summary>The features of what has been read so far. The state stays as it is.</summary>
    /// <param name="layout">What is counted.</param>
    /// <param name="state">The state, vectors of <paramref name="stride"/> numbers.</param>
    /// <param name="stride">From one vector of the state to the next.</param>
    /// <param name="features">Takes the features, vectors of <paramref name="width"/> numbers.</param>
    /// <param name="width">W.</param>
    /// <param name="count">How many of the numbers of a vector.</param>
    /// <param name="steps">How many steps there were, at least one.</param>
    /// <param name="isReversed">Whether they were read from the last to the first.</param>
    public abstract void Conclude(CountsLayout layout, T* state, nint stride, T* features, nint width, int count, long steps, bool isReversed);

    /// <summary>The pass at the lane of a kernel set.</summary>
    public static CountsPass<T> For(KernelSet<T> kernels) => kernels.Accept<Visitor, CountsPass<T>>(default);

    private readonly struct Visitor : ILaneVisitor<T, CountsPass<T>>
    {
        public CountsPass<T> Visit<V>()
            where V : unmanaged, ILane<V, T> => new CountsPass<V, T>();
    }
}

/// <inheritdoc/>
internal sealed unsafe class CountsPass<V, T> : CountsPass<T>
    where V : unmanaged, ILane<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public override void Take(CountsLayout layout, T* state, T* thresholds, nint stride, T* y, int count, long read, int firstPart)
    {
        bool joins = (read + 1) % CountsLayout.StepsOfASum == 0, ends = layout.HasHalves && read + 1 == firstPart;
        nint j = 0;
        for (; j + V.Width <= count; j += V.Width)
            Take<V>(layout, state + j, thresholds + j, stride, y + j, joins, ends);
        for (; j < count; j++)
            Take<ScalarLane<T>>(layout, state + j, thresholds + j, stride, y + j, joins, ends);
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public override void Conclude(CountsLayout layout, T* state, nint stride, T* features, nint width, int count, long steps, bool isReversed)
    {
        nint j = 0;
        for (; j + V.Width <= count; j += V.Width)
            Conclude<V>(layout, state + j, stride, features + j, width, steps, isReversed);
        for (; j < count; j++)
            Conclude<ScalarLane<T>>(layout, state + j, stride, features + j, width, steps, isReversed);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Take<L>(CountsLayout layout, T* totals, T* thresholds, nint stride, T* values, bool joins, bool ends)
        where L : unmanaged, ILane<L, T>
    {
        L y = L.Load(values);
        T* partial = totals + (layout.Totals * stride);
        for (int k = 0; k < CountsLayout.Thresholds; k++)
            L.CountLess(L.Load(partial + (k * stride)), L.Load(thresholds + (k * stride)), y).Store(partial + (k * stride));
        T* magnitude = partial + (CountsLayout.Thresholds * stride);
        (L.Load(magnitude) + L.Abs(y)).Store(magnitude);
        if (layout.HasValues)
        {
            T* sum = partial + (CountsLayout.Sums * stride), last = totals + ((CountsLayout.SumOfValues + 1) * stride), greatest = last + stride;
            (L.Load(sum) + y).Store(sum);
            y.Store(last);
            L.Blend(L.LessThan(L.Load(greatest), y), y, L.Load(greatest)).Store(greatest);
        }
        if (joins)
            Join<L>(layout, totals, partial, stride);
        if (ends)
            Keep<L>(totals, partial, stride);
    }

    /// <summary>The partial sums join the totals.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Join<L>(CountsLayout layout, T* totals, T* partial, nint stride)
        where L : unmanaged, ILane<L, T>
    {
        for (int k = 0; k < (layout.HasValues ? CountsLayout.Sums + 1 : CountsLayout.Sums); k++)
        {
            T* total = totals + ((k < CountsLayout.Sums ? k : CountsLayout.SumOfValues) * stride);
            (L.Load(total) + L.Load(partial + (k * stride))).Store(total);
            L.Constant(0).Store(partial + (k * stride));
        }
    }

    /// <summary>After the half that is read first: its counts are kept.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Keep<L>(T* totals, T* partial, nint stride)
        where L : unmanaged, ILane<L, T>
    {
        for (int k = 0; k < CountsLayout.Thresholds; k++)
            (L.Load(totals + (k * stride)) + L.Load(partial + (k * stride))).Store(totals + ((CountsLayout.Sums + k) * stride));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Conclude<L>(CountsLayout layout, T* totals, nint stride, T* features, nint width, long steps, bool isReversed)
        where L : unmanaged, ILane<L, T>
    {
        T* partial = totals + (layout.Totals * stride);
        L all = L.Create(T.CreateTruncating(steps));
        for (int k = 0; k < CountsLayout.Sums; k++)
            ((L.Load(totals + (k * stride)) + L.Load(partial + (k * stride))) / all).Store(features + (k * width));
        if (layout.HasHalves)
            Halves<L>(totals, partial, stride, features + (CountsLayout.Sums * width), width, (int)steps, isReversed);
        if (!layout.HasValues)
            return;
        T* sum = totals + (CountsLayout.SumOfValues * stride), to = features + ((layout.FeatureVectors - 3) * width);
        ((L.Load(sum) + L.Load(partial + (CountsLayout.Sums * stride))) / all).Store(to);
        (L.Load(sum + stride) + L.Constant(0)).Store(to + width); // no −0, whose sign may depend on how 0 was computed
        (L.Load(sum + (2 * stride)) + L.Constant(0)).Store(to + (2 * width));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Halves<L>(T* totals, T* partial, nint stride, T* features, nint width, int steps, bool isReversed)
        where L : unmanaged, ILane<L, T>
    {
        int half = CountsLayout.FirstHalf(steps), rest = steps - half;
        L firstSteps = L.Create(T.CreateTruncating(half)), secondSteps = L.Create(T.CreateTruncating(Math.Max(rest, 1))); // of no steps, no count
        for (int k = 0; k < CountsLayout.Thresholds; k++)
        {
            L kept = L.Load(totals + ((CountsLayout.Sums + k) * stride));
            L other = L.Load(totals + (k * stride)) + L.Load(partial + (k * stride)) - kept;
            ((isReversed ? other : kept) / firstSteps).Store(features + (k * width));
            ((isReversed ? kept : other) / secondSteps).Store(features + ((CountsLayout.Thresholds + k) * width));
        }
    }
}
