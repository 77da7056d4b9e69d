
namespace Elman;

/// <summary>The shape of a model around its cell. Part of <see cref="TrainingOptions"/>; stored with the model.</summary>
public sealed record ModelOptions
{
    /// <summary>
    /// The number of units of each recurrent layer, first layer first; in a bidirectional model, of each direction. At least one layer of
    /// at least 1 unit. The maximum is set by the size of the weight matrix: 16,383 for <c>rnn</c>, 11,585 for cells of two gates, 9,459
    /// for three, 8,191 for four. Default (<see langword="null"/>) one layer of 96; for <c>delays</c> of 336; for <c>oscillator</c> of 800,
    /// or of 500 or 400 if the readout computes more than six features per unit. Half of that for each direction if the directions are
    /// concatenated. <see cref="TrainingOptions.ResolvedLayers"/> has the result.
    /// </summary>
    public LayerSizes? Layers { get; init; }

    /// <summary>
    /// Whether every layer also reads the sequences backward (M. Schuster and K. Paliwal, 1997). Such a model needs whole sequences
    /// and can't run on a stream. Default false.
    /// </summary>
    public bool Bidirectional { get; init; }

    /// <summary>
    /// How the outputs of both directions are merged. Only with <see cref="Bidirectional"/>. Default: concatenated.
    /// </summary>
    public DirectionMerge Merge { get; init; }

    /// <summary>
    /// Whether every layer but the first adds its inputs to its outputs, which makes deep stacks easier to train (K. He and others, 2016).
    /// All layers must have the same size. Default false.
    /// </summary>
    public bool Residual { get; init; }

    /// <summary>
    /// Zoneout rate: in training, the probability that a unit keeps its previous state; in inference, the weight of the previous state
    /// (D. Krueger and others, 2017). From 0 up to but not including 1; training rounds it to the nearest multiple of 2⁻¹⁶. Default 0.
    /// </summary>
    public double Zoneout { get; init; }

    /// <summary>The readout: how the outputs of the last layer are pooled over the steps. Default the last step.</summary>
    /// <exception cref="ArgumentNullException">The value is <see langword="null"/>.</exception>
    public Readout Readout { get; init => field = value ?? throw new ArgumentNullException(nameof(value)); } = Readout.Last;

    /// <summary>The default layers of a cell.</summary>
    internal LayerSizes DefaultLayersOf(CellOptions cell)
    {
        int units = cell.DefaultUnits(Readout.Layout?.FeatureVectors ?? 1);
        return [units != CellOptions.UsualUnits && Bidirectional && Merge == DirectionMerge.Concatenate ? units / 2 : units];
    }
}
