using System.Numerics;
using System.Runtime.CompilerServices;
using Elman.Cells;
using Elman.Kernels;

namespace Elman.Recurrent;

/// <summary>Applies a function to some gates of some rows, in place.</summary>
/// <remarks>
/// There is one function per loop: with four or five functions in the loop of a cell, the limits of the compiler are exceeded and lane
/// operators stay calls.
/// </remarks>
internal abstract unsafe class ActivationPass<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Applies the function.</summary>
    /// <param name="values">The first gate of the first row.</param>
    /// <param name="stride">The distance from one row to the next.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="columns">The number of elements of a row, in whole lanes.</param>
    public abstract void Apply(T* values, nint stride, int rows, int columns);

    /// <summary>The pass of an activation at the lane of a kernel set.</summary>
    public static ActivationPass<T> For(Activation activation, KernelSet<T> kernels) => activation.Accept(new FunctionVisitor(kernels));

    private sealed class FunctionVisitor(KernelSet<T> kernels) : IActivationVisitor<ActivationPass<T>>
    {
        public ActivationPass<T> Visit<TFunction>(TFunction function)
            where TFunction : unmanaged, IActivation =>
            kernels.Accept<LaneVisitor<TFunction>, ActivationPass<T>>(new(function));
    }

    private readonly struct LaneVisitor<TFunction>(TFunction function) : ILaneVisitor<T, ActivationPass<T>>
        where TFunction : unmanaged, IActivation
    {
        public ActivationPass<T> Visit<V>()
            where V : unmanaged, ILane<V, T> => new Pass<TFunction, V>(function);
    }

    private sealed class Pass<TFunction, V>(TFunction function) : ActivationPass<T>
        where TFunction : unmanaged, IActivation
        where V : unmanaged, ILane<V, T>
    {
        public override void Apply(T* values, nint stride, int rows, int columns) => Apply(function, values, stride, rows, columns);

        [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
        private static void Apply(TFunction function, T* values, nint stride, int rows, nint columns)
        {
            for (; rows > 0; rows--, values += stride)
            {
                for (nint j = 0; j < columns; j += V.Width)
                    function.Value<V, T>(V.Load(values + j)).Store(values + j);
            }
        }
    }
}
