using System.Numerics;
using Elman.Kernels;
using Elman.Packing;

namespace Elman.Recurrent;

/// <summary>What a recurrent layer is made from.</summary>
/// <param name="InputSize">I, the number of inputs of a step.</param>
/// <param name="HiddenSize">Units, H.</param>
/// <param name="Cell">The cell.</param>
/// <param name="Name">What its parameters' names begin with.</param>
/// <param name="Layout">The model's parameters so far.</param>
/// <param name="Kernels">The kernels to use.</param>
internal sealed record LayerPlan<T>(
    int InputSize, int HiddenSize, CellOptions Cell, string Name, ParameterLayout Layout, KernelSet<T> Kernels)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Whether it reads the sequences from their last step to their first.</summary>
    public bool IsReversed { get; init; }

    /// <summary>How often a unit keeps its state, from 0 up to but not including 1.</summary>
    public double Zoneout { get; init; }

    /// <summary>
    /// Whether its inputs are the outputs of a layer that learns too, or vectors of symbols, so that the gradient by them is needed.
    /// </summary>
    public bool HasLayerBelow { get; init; }
}
