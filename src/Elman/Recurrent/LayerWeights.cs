using Elman.Cells;
using Elman.Packing;

namespace Elman.Recurrent;

/// <summary>The parameters of a recurrence, with the information for their initialisation.</summary>
/// <param name="Input">The input weights, <c>[I, gates·H]</c>.</param>
/// <param name="Bias">The bias, <c>[G·H]</c>.</param>
internal sealed record LayerWeights(ParameterSlice Input, ParameterSlice Bias)
{
    /// <summary>
    /// The recurrent weights, <c>[H, gates·H]</c>, or <see langword="null"/> for a cell whose gates depend on the input only.
    /// </summary>
    public ParameterSlice? Recurrent { get; init; }

    /// <summary>
    /// The diagonal weights, which the cell applies element by element, <c>[U·H]</c>, or <see langword="null"/> for a cell without them.
    /// </summary>
    public ParameterSlice? Diagonal { get; init; }

    /// <summary>The role of the diagonal weights.</summary>
    public DiagonalWeightRole DiagonalRole { get; init; }

    /// <summary>The gate whose bias sets the initial memory of the cell, or <see langword="null"/> if there is none.</summary>
    public ForgetGate? ForgetGate { get; init; }

    /// <summary>Whether the input weights start as the identity if there are as many units as inputs.</summary>
    public bool PassesInputsAtFirst { get; init; }
}
