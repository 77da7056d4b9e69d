using System.Numerics;
using System.Runtime.CompilerServices;
using Elman.Kernels;

namespace Elman.Cells;

/// <summary>
/// Any cell with zoneout (D. Krueger and others, 2017): units randomly keep their previous state instead of the new one.
/// <code>
/// s̃_t = cell(s_{t−1}, x_t)                the new state, for every state vector
/// s_t = s̃_t + z_t∘(s_{t−1} − s̃_t)         z_t: 1 with probability p, otherwise 0; in inference p itself
/// </code>
/// </summary>
/// <remarks>A row of gates has the gates of the cell, then s̃, then z, which the layer sets.</remarks>
internal readonly unsafe struct ZoneoutCell<TCell>(TCell cell) : IRecurrentCell
    where TCell : unmanaged, IRecurrentCell
{
    public static string Name => TCell.Name;

    /// <summary>The gates of the cell, s̃, z.</summary>
    public static int GateCount => TCell.GateCount + (2 * TCell.StateCount);

    public static int StateCount => TCell.StateCount;

    public static int OutputCount => TCell.OutputCount;

    public static int MaskCount => TCell.StateCount;

    public static IReadOnlyList<GateProduct> Products => TCell.Products;

    public static IReadOnlyList<GateActivation> Activations => TCell.Activations;

    public static int DiagonalWeightCount => TCell.DiagonalWeightCount;

    public static DiagonalWeightRole DiagonalWeights => TCell.DiagonalWeights;

    public static ForgetGate? ForgetGate => TCell.ForgetGate;

    public static bool PassesInputsAtFirst => TCell.PassesInputsAtFirst;

    public static bool PassesOutputOn => true;

    public static bool HasInner => TCell.HasInner;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Forward<V, T>(ref readonly CellStep<T> step, nint j)
        where V : unmanaged, ILane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        nint n = step.UnitStride;
        CellStep<T> inside = Inside(in step);
        cell.Forward<V, T>(ref inside, j);
        for (int s = 0; s < TCell.StateCount; s++)
        {
            T* fresh = inside.Next + (s * n) + j;
            V next = V.Load(fresh), z = V.Load(fresh + (TCell.StateCount * n));
            next = V.FusedMultiplyAdd(z, V.Load(step.Previous + (s * n) + j) - next, next);
            Functions.FlushTiny<V, T>(next).Store(step.Next + (s * n) + j);
        }
    }

    // (1 − z)∘∂L/∂s_t goes into the cell; z∘∂L/∂s_t reaches s_{t−1} directly.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Backward<V, T>(ref readonly CellStep<T> step, nint j)
        where V : unmanaged, ILane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        nint n = step.UnitStride;
        CellStep<T> inside = Inside(in step);
        for (int s = 0; s < TCell.StateCount; s++)
        {
            T* z = inside.Next + ((TCell.StateCount + s) * n) + j, gradient = step.StateGradient + (s * n) + j;
            V ds = V.Load(gradient), kept = V.Load(z) * ds;
            (ds - kept).Store(gradient);
            kept.Store(z);
        }
        cell.Backward<V, T>(ref inside, j);
        for (int s = 0; s < TCell.StateCount; s++)
        {
            T* fresh = inside.Next + (s * n) + j, gradient = step.StateGradient + (s * n) + j;
            V kept = V.Load(fresh + (TCell.StateCount * n));
            if (s > 0 || TCell.PassesOutputOn)
                kept += V.Load(gradient);
            Functions.FlushTiny<V, T>(kept).Store(gradient);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void ForwardInner<V, T>(ref readonly CellStep<T> step, nint j)
        where V : unmanaged, ILane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => cell.ForwardInner<V, T>(in step, j);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void BackwardInner<V, T>(ref readonly CellStep<T> step, nint j)
        where V : unmanaged, ILane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => cell.BackwardInner<V, T>(in step, j);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V DiagonalGradient<V, T>(ref readonly CellStep<T> step, int weight, nint j)
        where V : unmanaged, ILane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        CellStep<T> inside = Inside(in step);
        return cell.DiagonalGradient<V, T>(ref inside, weight, j);
    }

    /// <summary>Returns the step for the inner cell, whose next state is s̃.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static CellStep<T> Inside<T>(ref readonly CellStep<T> step)
        where T : unmanaged
    {
        CellStep<T> inside = step;
        inside.Next = step.Gates + (TCell.GateCount * step.UnitStride);
        return inside;
    }
}
