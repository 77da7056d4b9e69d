using System.Numerics;
using System.Runtime.CompilerServices;
using Elman.Cells;
using Elman.Kernels;

namespace Elman.Recurrent;

/// <summary>
/// Runs a cell on some rows of one step, lane by lane. Rows are padded to whole lanes: see <see cref="LayerShape.UnitStride"/>.
/// </summary>
/// <remarks>
/// A cell with one gate and one state, whose rows are contiguous, is processed as one long row. NoInlining with AggressiveOptimization:
/// with default tiering the inliner's budget is exceeded and lane operators stay calls.
/// </remarks>
internal static unsafe class CellPass<TCell, V, T>
    where TCell : unmanaged, IRecurrentCell
    where V : unmanaged, ILane<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private static bool IsOneRow
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => TCell.GateCount == 1 && TCell.StateCount == 1 && TCell.DiagonalWeightCount == 0 && !TCell.HasInner;
    }

    /// <summary>Computes states from pre-activations.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="first">The first row; the others follow at a distance of one row each.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="units">The number of units of each row, in whole lanes.</param>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Forward(TCell cell, CellStep<T> first, int rows, int units)
    {
        CellStep<T> step = first;
        bool isOneRow = IsOneRow && units == step.UnitStride && units == step.StateStride;
        nint count = isOneRow ? rows * step.UnitStride : units;
        for (int r = isOneRow ? 1 : rows; r > 0; r--, Advance(ref step))
        {
            for (nint j = 0; j < count; j += V.Width)
                cell.Forward<V, T>(ref step, j);
        }
    }

    /// <summary>Computes gradients of pre-activations from gradients of states.</summary>
    /// <inheritdoc cref="Forward"/>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Backward(TCell cell, CellStep<T> first, int rows, int units)
    {
        CellStep<T> step = first;
        bool isOneRow = IsOneRow && units == step.UnitStride && units == step.StateStride;
        nint count = isOneRow ? rows * step.UnitStride : units;
        for (int r = isOneRow ? 1 : rows; r > 0; r--, Advance(ref step))
        {
            for (nint j = 0; j < count; j += V.Width)
                cell.Backward<V, T>(ref step, j);
        }
    }

    /// <summary>Computes inner vectors from gates.</summary>
    /// <inheritdoc cref="Forward"/>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void ForwardInner(TCell cell, CellStep<T> first, int rows, int units)
    {
        CellStep<T> step = first;
        for (int r = TCell.HasInner ? rows : 0; r > 0; r--, Advance(ref step))
        {
            for (nint j = 0; j < units; j += V.Width)
                cell.ForwardInner<V, T>(ref step, j);
        }
    }

    /// <summary>Computes gradients of gates and states from gradients of inner vectors.</summary>
    /// <inheritdoc cref="Forward"/>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void BackwardInner(TCell cell, CellStep<T> first, int rows, int units)
    {
        CellStep<T> step = first;
        for (int r = TCell.HasInner ? rows : 0; r > 0; r--, Advance(ref step))
        {
            for (nint j = 0; j < units; j += V.Width)
                cell.BackwardInner<V, T>(ref step, j);
        }
    }

    /// <summary>
    /// Adds the contribution of some rows to the gradients of the diagonal weights: the rows are summed in order, then added to the
    /// gradient.
    /// </summary>
    /// <param name="cell">The cell.</param>
    /// <param name="first">The first row.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="firstUnit">The first unit of the range.</param>
    /// <param name="endUnit">The end of the range, exclusive.</param>
    /// <param name="gradient"><c>[U·H]</c>, added to.</param>
    /// <param name="hiddenSize">H, the number of units.</param>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void AddDiagonalGradients(
        TCell cell, CellStep<T> first, int rows, int firstUnit, int endUnit, T* gradient, int hiddenSize)
    {
        for (int weight = 0; weight < TCell.DiagonalWeightCount; weight++, gradient += hiddenSize)
        {
            nint j = firstUnit;
            for (; j + V.Width <= endUnit; j += V.Width)
                AddUnitGradient<V>(cell, first, rows, weight, j, gradient + j);
            for (; j < endUnit; j++)
                AddUnitGradient<ScalarLane<T>>(cell, first, rows, weight, j, gradient + j);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddUnitGradient<L>(TCell cell, CellStep<T> step, int rows, int weight, nint j, T* gradient)
        where L : unmanaged, ILane<L, T>
    {
        L sum = default;
        for (int r = 0; r < rows; r++, Advance(ref step))
            sum += cell.DiagonalGradient<L, T>(ref step, weight, j);
        (L.Load(gradient) + sum).Store(gradient);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Advance(ref CellStep<T> step)
    {
        step.Gates += TCell.GateCount * step.UnitStride;
        step.Previous += step.StateStride;
        step.Next += step.StateStride;
        step.StateGradient += step.StateStride;
        step.Inner += step.UnitStride;
        step.InnerGradient += step.UnitStride;
    }
}

/// <summary>The passes of one cell at the lane of a kernel set, as function pointers.</summary>
internal readonly unsafe struct CellPass<TCell, T>
    where TCell : unmanaged, IRecurrentCell
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public delegate*<TCell, CellStep<T>, int, int, void> Forward { get; private init; }

    public delegate*<TCell, CellStep<T>, int, int, void> Backward { get; private init; }

    public delegate*<TCell, CellStep<T>, int, int, void> ForwardInner { get; private init; }

    public delegate*<TCell, CellStep<T>, int, int, void> BackwardInner { get; private init; }

    public delegate*<TCell, CellStep<T>, int, int, int, T*, int, void> AddDiagonalGradients { get; private init; }

    public static CellPass<TCell, T> For(KernelSet<T> kernels) => kernels.Accept<Visitor, CellPass<TCell, T>>(default);

    private readonly struct Visitor : ILaneVisitor<T, CellPass<TCell, T>>
    {
        public CellPass<TCell, T> Visit<V>()
            where V : unmanaged, ILane<V, T> => new()
            {
                Forward = &CellPass<TCell, V, T>.Forward,
                Backward = &CellPass<TCell, V, T>.Backward,
                ForwardInner = &CellPass<TCell, V, T>.ForwardInner,
                BackwardInner = &CellPass<TCell, V, T>.BackwardInner,
                AddDiagonalGradients = &CellPass<TCell, V, T>.AddDiagonalGradients,
            };
    }
}
