using System.Numerics;
using Elman.Cells;
using Elman.Kernels;
using Elman.Linear;
using Elman.Packing;

namespace Elman.Recurrent;

/// <summary>Creates layers from cells, and computes their sizes.</summary>
internal static class LayerFactory
{
    /// <summary>Creates a layer of the plan's cell and adds its parameters to the plan's layout.</summary>
    public static RecurrentLayer<T> Create<T>(LayerPlan<T> plan)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => plan.Cell switch
        {
            LruOptions => new LruLayer<T>(plan),
            OscillatorOptions { Mix: true } => new MixedOscillatorLayer<T>(plan), // reservoirs have no zoneout
            DelaysOptions => new DelayLayer<T>(plan),
            _ => CreateRecurrence(plan),
        };

    /// <summary>Creates the recurrence of the plan's cell, without further parts of its layer.</summary>
    public static RecurrentLayer<T> CreateRecurrence<T>(LayerPlan<T> plan)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => plan.Cell.Accept(new Maker<T>(plan));

    /// <summary>Returns the numbers of gates of a cell in Wx and in Wh: columns of its weights for each unit.</summary>
    /// <param name="cell">A cell without problems.</param>
    public static (int Input, int Recurrent) GateCounts(CellOptions cell)
    {
        using RecurrentLayer<float> smallest = Smallest(cell.WithoutProjection());
        return (smallest.Weights.Input.Count, smallest.Weights.Recurrent?.Count ?? 0);
    }

    /// <summary>Whether a cell's gates read the last output.</summary>
    /// <param name="cell">A cell without problems.</param>
    public static bool HasRecurrentWeights(CellOptions cell) => GateCounts(cell).Recurrent > 0;

    /// <summary>Returns the number of weights of a layer, without the diagonal weights.</summary>
    /// <param name="cell">A cell without problems.</param>
    /// <param name="inputSize">I, the number of inputs of a step.</param>
    /// <param name="hiddenSize">H, the number of units.</param>
    public static long WeightCount(CellOptions cell, long inputSize, long hiddenSize)
    {
        using RecurrentLayer<float> smallest = Smallest(cell.WithoutProjection());
        long recurrentSize = cell.ProjectionSize == 0 ? hiddenSize : cell.ProjectionSize;
        long count = hiddenSize * ((inputSize * smallest.Weights.Input.Count) + (recurrentSize * (smallest.Weights.Recurrent?.Count ?? 0))
            + smallest.Weights.Bias.Count + cell.ProjectionSize);
        return cell switch
        {
            // Includes the two matrices [2·H, H] of the gated linear unit, and the skip matrix.
            LruOptions => count + (4 * hiddenSize * hiddenSize) + (inputSize == hiddenSize ? 0 : inputSize * hiddenSize),
            // Includes the matrix that mixes units.
            OscillatorOptions { Mix: true } => count + (MixPass<float>.BlockSize * hiddenSize),
            _ => count,
        };
    }

    /// <summary>
    /// Returns the maximum number of units for which a <see cref="ParameterSlice"/> can hold <c>[H, G·H]</c>, with G the number of gates in
    /// Wx (for a layer on top of another one) or in Wh.
    /// </summary>
    /// <param name="cell">A cell without problems.</param>
    public static int MaxHidden(CellOptions cell)
    {
        (int input, int recurrent) = GateCounts(cell);
        return (int)Math.Sqrt(ParameterSlice.MaxCount / Math.Max(input, recurrent));
    }

    private static RecurrentLayer<float> Smallest(CellOptions cell) =>
        Create(new LayerPlan<float>(1, 1, cell, "", new ParameterLayout(), KernelCatalog.Default<float>()));

    private sealed class Maker<T>(LayerPlan<T> plan) : IRecurrentCellVisitor<RecurrentLayer<T>>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public RecurrentLayer<T> Visit<TCell>(TCell cell)
            where TCell : unmanaged, IRecurrentCell => plan.Zoneout > 0
            ? new CellLayer<ZoneoutCell<TCell>, T>(new(cell), plan)
            : new CellLayer<TCell, T>(cell, plan);
    }
}
