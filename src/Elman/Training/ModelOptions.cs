
namespace Elman;

/// <summary>The shape of a model around its cell. Part of <see cref="TrainingOptions"/>; stored with the model.</summary>
public sealed record ModelOptions
{
    /// <summary>
    /// Units of each recurrent layer, the one that sees the data first; in a bidirectional model, of each direction. At least one layer of
    /// at least 1 unit; the most is what the weights between them can be stored for: 16,383 for <c>rnn</c>, 11,585 for cells of two gates,
    /// 9,459 for three, 8,191 for four. Default (<see langword="null"/>) one layer of 96; for <c>delays</c> of 336; for <c>oscillator</c>
    /// of 800, where the readout makes more than six numbers of a unit of 500 or 400. Half of that for each direction where both stand
    /// beside each other. <see cref="TrainingOptions.ResolvedLayers"/> has the result.
    /// </summary>
    public LayerSizes? Layers { get; init; }

    /// <summary>
    /// Whether every layer also reads the sequences from their end (M. Schuster and K. Paliwal, 1997). Such a model needs whole sequences
    /// and can't run on a stream. Default false.
    /// </summary>
    public bool Bidirectional { get; init; }

    /// <summary>
    /// How the outputs of both directions are merged. Only with <see cref="Bidirectional"/>. Default one beside the other.
    /// </summary>
    public DirectionMerge Merge { get; init; }

    /// <summary>
    /// Whether every layer but the first adds its inputs to its outputs, which makes deep stacks easier to train (K. He and others, 2016).
    /// All layers must have the same size. Default false.
    /// </summary>
    public bool Residual { get; init; }

    /// <summary>
    /// Zoneout rate: in training the probability that a unit keeps its state instead of taking the new one, outside training the share of
    /// the old state (D. Krueger and others, 2017). From 0 up to but not including 1; training draws at the nearest 2⁻¹⁶. Default 0.
    /// </summary>
    public double Zoneout { get; init; }

    /// <summary>How the outputs of the uppermost layer are pooled over the steps. Default the last.</summary>
    /// <exception cref="ArgumentNullException">It is set to <see langword="null"/>.</exception>
    public Readout Readout { get; init => field = value ?? throw new ArgumentNullException(nameof(value)); } = Readout.Last;

    /// <summary>The layers of a cell for which none were chosen.</summary>
    internal LayerSizes DefaultLayersOf(CellOptions cell)
    {
        int units = cell.DefaultUnits(Readout.Layout?.FeatureVectors ?? 1);
        return [units != CellOptions.UsualUnits && Bidirectional && Merge == DirectionMerge.Concatenate ? units / 2 : units];
    }
}
