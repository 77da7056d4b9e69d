namespace Elman.Cells;

/// <summary>The options that only some cells take; the catalog says for each cell which. Named as in <see cref="TrainingOptions"/>.</summary>
internal enum CellOption
{
    /// <inheritdoc cref="CellOptions.Activation"/>
    Activation,

    /// <inheritdoc cref="CellOptions.GateActivation"/>
    GateActivation,

    /// <inheritdoc cref="CellOptions.CandidateActivation"/>
    CandidateActivation,

    /// <inheritdoc cref="CellOptions.OutputActivation"/>
    OutputActivation,

    /// <inheritdoc cref="CellOptions.GruReset"/>
    GruReset,

    /// <inheritdoc cref="CellOptions.Peepholes"/>
    Peepholes,

    /// <inheritdoc cref="CellOptions.CoupledGates"/>
    CoupledGates,

    /// <inheritdoc cref="CellOptions.GateClip"/>
    GateClip,

    /// <inheritdoc cref="CellOptions.Projection"/>
    Projection,

    /// <inheritdoc cref="CellOptions.LayerNorm"/>
    LayerNorm,

    /// <summary>The first bias of the forget gate. Not in <see cref="CellOptions"/>: once the weights are drawn, it is one of them.</summary>
    ForgetBias,
}
