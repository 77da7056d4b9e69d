using System.Numerics;
using System.Runtime.CompilerServices;
using Elman.Cells;
using Elman.Kernels;

namespace Elman.Layers;

/// <summary>Runs a cell over some rows of one step: full lanes first, then the elements that are left one by one.</summary>
/// <remarks>
/// Every row is walked alone, so an element is always handled by the same lane whatever the batch.
/// NoInlining with AggressiveOptimization: under default tiering the inliner's budget runs out and lane operators stay calls.
/// </remarks>
internal static unsafe class CellPass<TCell, V, T>
    where TCell : unmanaged, IRecurrentCell
    where V : unmanaged, ILane<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <param name="cell">The cell.</param>
    /// <param name="step">The first row; the others follow, each a whole row further on.</param>
    /// <param name="rows">How many rows.</param>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Forward(TCell cell, CellStep<T> step, int rows)
    {
        for (int r = 0; r < rows; r++)
        {
            nint j = 0;
            for (; j + V.Width <= step.HiddenSize; j += V.Width)
                cell.Forward<V, T>(ref step, j);
            for (; j < step.HiddenSize; j++)
                cell.Forward<ScalarLane<T>, T>(ref step, j);
            step.Gates += TCell.GateCount * step.HiddenSize;
            step.Previous += TCell.StateCount * step.HiddenSize;
            step.Next += TCell.StateCount * step.HiddenSize;
        }
    }

    /// <inheritdoc cref="Forward"/>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Backward(TCell cell, CellStep<T> step, int rows)
    {
        for (int r = 0; r < rows; r++)
        {
            nint j = 0;
            for (; j + V.Width <= step.HiddenSize; j += V.Width)
                cell.Backward<V, T>(ref step, j);
            for (; j < step.HiddenSize; j++)
                cell.Backward<ScalarLane<T>, T>(ref step, j);
            step.Gates += TCell.GateCount * step.HiddenSize;
            step.Previous += TCell.StateCount * step.HiddenSize;
            step.Next += TCell.StateCount * step.HiddenSize;
            step.StateGradient += TCell.StateCount * step.HiddenSize;
        }
    }
}

/// <summary>The pass of one cell at the lane of a kernel set, as pointers to call.</summary>
internal readonly unsafe struct CellPass<TCell, T>
    where TCell : unmanaged, IRecurrentCell
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private CellPass(delegate*<TCell, CellStep<T>, int, void> forward, delegate*<TCell, CellStep<T>, int, void> backward)
    {
        Forward = forward;
        Backward = backward;
    }

    public delegate*<TCell, CellStep<T>, int, void> Forward { get; }

    public delegate*<TCell, CellStep<T>, int, void> Backward { get; }

    public static CellPass<TCell, T> For(KernelSet<T> kernels) => kernels.Accept<Visitor, CellPass<TCell, T>>(default);

    private readonly struct Visitor : ILaneVisitor<T, CellPass<TCell, T>>
    {
        public CellPass<TCell, T> Visit<V>()
            where V : unmanaged, ILane<V, T> => new(&CellPass<TCell, V, T>.Forward, &CellPass<TCell, V, T>.Backward);
    }
}
