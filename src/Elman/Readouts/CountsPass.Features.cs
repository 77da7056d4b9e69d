using System.Runtime.CompilerServices;
using Elman.Kernels;
using Elman.Recurrent;

namespace Elman.Readouts;

// Features from the state.
internal sealed unsafe partial class CountsPass<V, T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Conclude<L>(CountsLayout layout, T* totals, nint stride, T* features, nint width, long steps, bool isReversed)
        where L : unmanaged, ILane<L, T>
    {
        T* partial = totals + (layout.Totals * stride);
        L all = L.Create(T.CreateTruncating(steps));
        for (int vector = 0; vector < layout.Counts; vector++)
            (Total<L>(layout, totals, partial, stride, vector, 0) / all).Store(features + (vector * width));
        features += layout.Counts * width;
        if (layout.HasHalves)
            Halves<L>(layout, totals, partial, stride, features, width, (int)steps, isReversed);
        if (layout.IsDetailed)
            Details<L>(layout, totals, partial, stride, features, width, steps);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Halves<L>(
        CountsLayout layout, T* totals, T* partial, nint stride, T* features, nint width, int steps, bool isReversed)
        where L : unmanaged, ILane<L, T>
    {
        int half = CountsLayout.FirstHalf(steps), rest = steps - half;
        // Avoids a division by zero: a half without steps has no counts.
        L firstSteps = L.Create(T.CreateTruncating(half)), secondSteps = L.Create(T.CreateTruncating(Math.Max(rest, 1)));
        for (int k = 0; k < layout.Thresholds; k++)
        {
            L kept = L.Load(totals + ((layout.FirstHalves + k) * stride));
            L other = Total<L>(layout, totals, partial, stride, k, 0) - kept;
            ((isReversed ? other : kept) / firstSteps).Store(features + (k * width));
            ((isReversed ? kept : other) / secondSteps).Store(features + ((layout.Thresholds + k) * width));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Details<L>(CountsLayout layout, T* totals, T* partial, nint stride, T* features, nint width, long steps)
        where L : unmanaged, ILane<L, T>
    {
        long before = steps / CountsLayout.StepsOfASum * CountsLayout.StepsOfASum;
        L all = L.Create(T.CreateTruncating(steps)), zero = L.Constant(0), one = L.Constant(1);
        nint part = layout.Thresholds * width;
        for (int k = 0; k < layout.Thresholds; k++, features += width)
        {
            L count = Total<L>(layout, totals, partial, stride, k, 0), divisor = L.AtLeast(count, one);
            L mean = Total<L>(layout, totals, partial, stride, layout.SumsAbove + k, 0) / divisor;
            L meanIndex = Total<L>(layout, totals, partial, stride, layout.SumsOfIndices + k, before) / divisor / all;
            L.Blend(L.LessThan(zero, count), mean, zero).Store(features);
            L.Blend(L.LessThan(zero, count), meanIndex, -one).Store(features + part);
            (L.Load(totals + ((layout.LongestRuns + k) * stride)) / all).Store(features + (2 * part));
        }
        T* greatest = totals + (layout.Greatest * stride);
        features += 2 * part;
        (L.Load(greatest) + zero).Store(features); // no −0, whose sign may depend on how 0 was computed
        (L.Load(greatest + stride) + zero).Store(features + width);
    }
}
