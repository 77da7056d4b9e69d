using System.Numerics;
using Elman.Kernels;
using Elman.Packing;
using Elman.Recurrent;

namespace Elman.Stack;

/// <summary>The parameters for the creation of a layer of a stack.</summary>
/// <param name="Cell">The cell.</param>
/// <param name="InputSize">I, the number of inputs of a step.</param>
/// <param name="HiddenSize">H, the number of units of each direction.</param>
/// <param name="Depth">Its place in the stack, from 0.</param>
/// <param name="Layout">The layout of the model's parameters, which is added to.</param>
/// <param name="Kernels">The kernels to use.</param>
internal sealed record StackLayerPlan<T>(
    CellOptions Cell, int InputSize, int HiddenSize, int Depth, ParameterLayout Layout, KernelSet<T> Kernels)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>How the two directions are merged; <see langword="null"/> if there is only one.</summary>
    public DirectionMerge? Merge { get; init; }

    /// <summary>The zoneout rate, the probability that a unit keeps its state.</summary>
    public double Zoneout { get; init; }

    /// <summary>Whether the inputs are added to the outputs.</summary>
    public bool IsResidual { get; init; }

    /// <summary>Whether even as the first layer it computes the gradient with respect to its inputs: they are learned vectors of symbols,
    /// or are explained.</summary>
    public bool HasInputGradient { get; init; }

    /// <summary>Creates the recurrent layer of one direction.</summary>
    public RecurrentLayer<T> CreateLayer(bool isReversed) =>
        LayerFactory.Create(new LayerPlan<T>(InputSize, HiddenSize, Cell, $"rnn.{Depth}{(isReversed ? ".reverse" : "")}", Layout, Kernels)
        {
            IsReversed = isReversed,
            Zoneout = Zoneout,
            HasLayerBelow = Depth > 0 || HasInputGradient,
        });
}
