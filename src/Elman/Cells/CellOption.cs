namespace Elman.Cells;

/// <summary>
/// The options that only some cells take; the catalog says for each cell which. Named as in <see cref="TrainingOptions"/>.
/// </summary>
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
    /// <inheritdoc cref="CellOptions.LeakRate"/>
    LeakRate,

    /// <inheritdoc cref="CellOptions.Mix"/>
    Mix,

    /// <summary>
    /// The first bias of the forget gate. Not in <see cref="CellOptions"/>: once the weights are drawn, it is one of them.
    /// </summary>
    ForgetBias,

    /// <summary>The greatest magnitude of an eigenvalue of Wh. Not in <see cref="CellOptions"/> either, like those that follow.</summary>
    SpectralRadius,

    /// <summary>How many of its layer's units a unit listens to.</summary>
    ReservoirDensity,

    /// <summary>How strongly the inputs drive the units.</summary>
    InputScale,

    /// <summary>The longest time constant of an oscillator, as a share of a sequence.</summary>
    LongestMemory,

    /// <summary>The penalty on the output layer's weights.</summary>
    Ridge,
}

/// <summary>What options are for.</summary>
internal static class CellOptionRole
{
    /// <summary>
    /// Whether a model is another one with it: then it is one of <see cref="CellOptions"/>.
    /// The others shape the first weights, or training.
    /// </summary>
    public static bool ShapesModel(this CellOption option) => option < CellOption.ForgetBias;
}
