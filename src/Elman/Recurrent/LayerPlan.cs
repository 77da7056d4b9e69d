using System.Numerics;
using Elman.Kernels;
using Elman.Packing;

namespace Elman.Recurrent;

/// <summary>The parameters for the creation of a recurrent layer.</summary>
/// <param name="InputSize">I, the number of inputs of a step.</param>
/// <param name="HiddenSize">H, the number of units.</param>
/// <param name="Cell">The cell.</param>
/// <param name="Name">The prefix of the names of its parameters.</param>
/// <param name="Layout">The layout of the model's parameters, which is added to.</param>
/// <param name="Kernels">The kernels to use.</param>
internal sealed record LayerPlan<T>(
    int InputSize, int HiddenSize, CellOptions Cell, string Name, ParameterLayout Layout, KernelSet<T> Kernels)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Whether it reads the sequences from their last step to their first.</summary>
    public bool IsReversed { get; init; }

    /// <summary>The zoneout rate, the probability that a unit keeps its state, from 0 up to but not including 1.</summary>
    public double Zoneout { get; init; }

    /// <summary>
    /// Whether its inputs are the outputs of a trained layer, or vectors of symbols, so that the gradient with respect to them is needed.
    /// </summary>
    public bool HasLayerBelow { get; init; }
}
