using Elman.Cells;
using Elman.Packing;

namespace Elman.Recurrent;

/// <summary>The parameters of a recurrence, and what is to be known of them to draw their first values.</summary>
/// <param name="Input">Weights of the input, <c>[I, gates·H]</c>.</param>
/// <param name="Bias">Bias, <c>[G·H]</c>.</param>
internal sealed record LayerWeights(ParameterSlice Input, ParameterSlice Bias)
{
    /// <summary>
    /// Weights of the previous output, <c>[H, gates·H]</c>, or <see langword="null"/> for a cell whose gates see the input alone.
    /// </summary>
    public ParameterSlice? Recurrent { get; init; }

    /// <summary>
    /// Weights that the cell applies element by element, <c>[U·H]</c>, or <see langword="null"/> for a cell that has none.
    /// </summary>
    public ParameterSlice? Diagonal { get; init; }

    /// <summary>What those weights are for.</summary>
    public DiagonalWeightRole DiagonalRole { get; init; }

    /// <summary>The gate whose bias says how much the cell remembers at first, or <see langword="null"/> where it has none.</summary>
    public ForgetGate? ForgetGate { get; init; }

    /// <summary>Whether the input weights begin as the identity, where there are as many units as inputs.</summary>
    public bool PassesInputsAtFirst { get; init; }
}
