using System.Numerics;
using Elman.Kernels;
using Elman.Packing;
using Elman.Recurrent;

namespace Elman.Stack;

/// <summary>What one layer of a stack is made from.</summary>
/// <param name="Cell">The cell.</param>
/// <param name="InputSize">I, the number of inputs of a step.</param>
/// <param name="HiddenSize">Units of each direction, H.</param>
/// <param name="Depth">Its place in the stack, from 0.</param>
/// <param name="Layout">The model's parameters so far.</param>
/// <param name="Kernels">The kernels to use.</param>
internal sealed record StackLayerPlan<T>(
    CellOptions Cell, int InputSize, int HiddenSize, int Depth, ParameterLayout Layout, KernelSet<T> Kernels)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>How the two directions are merged; <see langword="null"/> where there is only one.</summary>
    public DirectionMerge? Merge { get; init; }

    /// <summary>How often a unit keeps its state.</summary>
    public double Zoneout { get; init; }

    /// <summary>Whether the inputs are added to the outputs.</summary>
    public bool IsResidual { get; init; }

    /// <summary>Whether what it takes is learned, even at the bottom: vectors of symbols.</summary>
    public bool IsAboveEmbedding { get; init; }

    /// <summary>One of its layers.</summary>
    public RecurrentLayer<T> CreateLayer(bool isReversed) =>
        LayerFactory.Create(new LayerPlan<T>(InputSize, HiddenSize, Cell, $"rnn.{Depth}{(isReversed ? ".reverse" : "")}", Layout, Kernels)
        {
            IsReversed = isReversed,
            Zoneout = Zoneout,
            HasLayerBelow = Depth > 0 || IsAboveEmbedding,
        });
}
