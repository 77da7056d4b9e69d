using System.Numerics;
using System.Runtime.CompilerServices;
using Elman.Kernels;

namespace Elman.Recurrent;

/// <summary>The arithmetic of <see cref="DelayLayer{T}"/> for one unit and many steps: a lane holds consecutive steps.</summary>
/// <remarks>
/// The lanes run over time and not over units, because every unit has its own delay: the values that a tap reads at successive steps are
/// contiguous in memory, those that it reads for successive units are not. Each result is one chain of multiply-adds, so the bits are those
/// of <see cref="Plain"/> at any lane width.
/// </remarks>
internal abstract unsafe class DelayPass<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The number of taps of a unit.</summary>
    public const int Taps = 9;

    /// <summary>
    /// The number of elements in a lane. Results are computed in whole lanes: up to this many more than requested are written, and their
    /// inputs are read.
    /// </summary>
    public abstract int Width { get; }

    /// <summary>Computes the weighted sum of the channels that a unit reads: <c>u_t = Σ_c v_c·x_{t,c}</c>.</summary>
    /// <param name="x">The first step of the first channel; the steps of a channel are contiguous.</param>
    /// <param name="stride">The distance from one channel to the next.</param>
    /// <param name="channels">The channels in ascending order, at least one.</param>
    /// <param name="weights">The weights v, one per channel.</param>
    /// <param name="u">Receives the sums.</param>
    /// <param name="count">The number of steps.</param>
    public abstract void Mix(T* x, nint stride, ReadOnlySpan<int> channels, T* weights, T* u, nint count);

    /// <summary>Computes the delay line: <c>y_t = b + Σ_j w_j·u_{t−j·d}</c>, j = 0 … 8.</summary>
    /// <param name="u">u of the first step, preceded by <c>8·d</c> earlier values.</param>
    /// <param name="taps">The taps w.</param>
    /// <param name="dilation">The dilation d.</param>
    /// <param name="bias">The bias b.</param>
    /// <param name="y">Receives the outputs.</param>
    /// <param name="count">The number of steps.</param>
    public abstract void Filter(T* u, T* taps, nint dilation, T bias, T* y, nint count);

    /// <summary>
    /// Computes the output of one step as a plain loop: the bit-exact reference of the other two methods, and the method for streams.
    /// </summary>
    /// <param name="x">The step of the first channel, preceded by earlier steps.</param>
    /// <param name="stride">The distance from one channel to the next.</param>
    /// <param name="channels">The channels in ascending order, at least one.</param>
    /// <param name="weights">The weights v, one per channel.</param>
    /// <param name="taps">The taps w.</param>
    /// <param name="dilation">The dilation d.</param>
    /// <param name="bias">The bias b.</param>
    public static T Plain(T* x, nint stride, ReadOnlySpan<int> channels, T* weights, T* taps, nint dilation, T bias)
    {
        T y = bias;
        for (int j = 0; j < Taps; j++, x -= dilation)
        {
            T u = weights[0] * x[channels[0] * stride];
            for (int c = 1; c < channels.Length; c++)
                u = T.FusedMultiplyAdd(weights[c], x[channels[c] * stride], u);
            y = T.FusedMultiplyAdd(taps[j], u, y);
        }
        return y;
    }

    /// <summary>The pass at the lane of a kernel set.</summary>
    public static DelayPass<T> For(KernelSet<T> kernels) => kernels.Accept<Visitor, DelayPass<T>>(default);

    private readonly struct Visitor : ILaneVisitor<T, DelayPass<T>>
    {
        public DelayPass<T> Visit<V>()
            where V : unmanaged, ILane<V, T> => new Pass<V>();
    }

    private sealed class Pass<V> : DelayPass<T>
        where V : unmanaged, ILane<V, T>
    {
        public override int Width => V.Width;

        [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
        public override void Mix(T* x, nint stride, ReadOnlySpan<int> channels, T* weights, T* u, nint count)
        {
            T* first = x + (channels[0] * stride);
            V weight = V.Broadcast(weights);
            for (nint t = 0; t < count; t += V.Width)
                (weight * V.Load(first + t)).Store(u + t);
            for (int c = 1; c < channels.Length; c++)
            {
                T* channel = x + (channels[c] * stride);
                weight = V.Broadcast(weights + c);
                for (nint t = 0; t < count; t += V.Width)
                    V.FusedMultiplyAdd(weight, V.Load(channel + t), V.Load(u + t)).Store(u + t);
            }
        }

        [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
        public override void Filter(T* u, T* taps, nint dilation, T bias, T* y, nint count)
        {
            V w0 = V.Broadcast(taps), w1 = V.Broadcast(taps + 1), w2 = V.Broadcast(taps + 2), w3 = V.Broadcast(taps + 3),
                w4 = V.Broadcast(taps + 4),
                w5 = V.Broadcast(taps + 5), w6 = V.Broadcast(taps + 6), w7 = V.Broadcast(taps + 7),
                w8 = V.Broadcast(taps + 8), b = V.Create(bias);
            for (T* end = u + count; u < end; u += V.Width, y += V.Width)
            {
                T* at = u;
                V sum = V.FusedMultiplyAdd(w0, V.Load(at), b);
                V.Accumulate(ref sum, w1, V.Load(at -= dilation));
                V.Accumulate(ref sum, w2, V.Load(at -= dilation));
                V.Accumulate(ref sum, w3, V.Load(at -= dilation));
                V.Accumulate(ref sum, w4, V.Load(at -= dilation));
                V.Accumulate(ref sum, w5, V.Load(at -= dilation));
                V.Accumulate(ref sum, w6, V.Load(at -= dilation));
                V.Accumulate(ref sum, w7, V.Load(at -= dilation));
                V.Accumulate(ref sum, w8, V.Load(at - dilation));
                sum.Store(y);
            }
        }
    }
}
