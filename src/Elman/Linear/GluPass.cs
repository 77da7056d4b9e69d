using System.Numerics;
using System.Runtime.CompilerServices;
using Elman.Kernels;

namespace Elman.Linear;

/// <summary>The gated linear unit of Y. Dauphin and others (2017), element by element: <c>y = v∘σ(g)</c>.</summary>
internal abstract unsafe class GluPass<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Computes <c>y = v∘σ(g)</c>.</summary>
    /// <param name="values">v.</param>
    /// <param name="gates">g; becomes σ(g).</param>
    /// <param name="y">Receives y.</param>
    /// <param name="count">The number of elements.</param>
    public abstract void Forward(T* values, T* gates, T* y, nint count);

    /// <summary>Computes the gradients with respect to v and g from that of y, in place.</summary>
    /// <param name="yGradient">The gradient with respect to y.</param>
    /// <param name="values">v; becomes the gradient with respect to it.</param>
    /// <param name="gates">σ(g); becomes the gradient with respect to g.</param>
    /// <param name="count">The number of elements.</param>
    public abstract void Backward(T* yGradient, T* values, T* gates, nint count);

    /// <summary>The pass at the lane of a kernel set.</summary>
    public static GluPass<T> For(KernelSet<T> kernels) => kernels.Accept<Visitor, GluPass<T>>(default);

    private readonly struct Visitor : ILaneVisitor<T, GluPass<T>>
    {
        public GluPass<T> Visit<V>()
            where V : unmanaged, ILane<V, T> => new Pass<V>();
    }

    private sealed class Pass<V> : GluPass<T>
        where V : unmanaged, ILane<V, T>
    {
        [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
        public override void Forward(T* values, T* gates, T* y, nint count)
        {
            nint i = 0;
            for (; i + V.Width <= count; i += V.Width)
                Forward<V>(values + i, gates + i, y + i);
            for (; i < count; i++)
                Forward<ScalarLane<T>>(values + i, gates + i, y + i);
        }

        // ∂L/∂v = ∂L/∂y∘σ; ∂L/∂g = ∂L/∂y∘v∘σ′, σ′ = σ·(1 − σ).
        [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
        public override void Backward(T* yGradient, T* values, T* gates, nint count)
        {
            nint i = 0;
            for (; i + V.Width <= count; i += V.Width)
                Backward<V>(yGradient + i, values + i, gates + i);
            for (; i < count; i++)
                Backward<ScalarLane<T>>(yGradient + i, values + i, gates + i);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static void Forward<L>(T* values, T* gates, T* y)
            where L : unmanaged, ILane<L, T>
        {
            L open = Functions.Sigmoid<L, T>(L.Load(gates));
            open.Store(gates);
            (L.Load(values) * open).Store(y);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static void Backward<L>(T* yGradient, T* values, T* gates)
            where L : unmanaged, ILane<L, T>
        {
            L dy = L.Load(yGradient), v = L.Load(values), open = L.Load(gates);
            (dy * open).Store(values);
            (dy * v * (open * (L.Constant(1) - open))).Store(gates);
        }
    }
}
