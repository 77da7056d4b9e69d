using Elman.Cells;
using Elman.Options;

namespace Elman;

/// <summary>
/// <c>oscillator</c>, a reservoir of linear oscillators: units of one complex pole or two in series, driven by weighted sums of the inputs.
/// Only its output layer is trained, by least squares.
/// </summary>
public sealed record OscillatorOptions : CellOptions
{
    private static readonly OptionDefinition<CellOptions>[] _options =
    [
        CellOption.Of<OscillatorOptions, bool>(nameof(Mix), OptionKind.Flag, o => o.Mix, (o, value) => o with { Mix = value },
            "mix the outputs of 16 neighbouring units at random before the readout", isOn => isOn ? "mixed" : null),
        CellOption.Of<OscillatorOptions, double>(nameof(LongestMemory),
            OptionKind.Number($"it must be above 0 and at most {CellOption.Largest}", value => value > 0 && float.IsFinite((float)value)),
            o => o.LongestMemory, (o, value) => o with { LongestMemory = value },
            "longest time constant of a unit, as a share of the median length of the training sequences", shapesModel: false),
    ];

    /// <inheritdoc/>
    public override string Name => OscillatorCell.Name;

    /// <inheritdoc/>
    public override IReadOnlyList<OptionDefinition<CellOptions>> Options => _options;

    /// <inheritdoc/>
    public override bool IsReservoir => true;

    /// <summary>
    /// Whether units are mixed in blocks of 16 neighbours: the outputs are 16 random mixtures of the units of a block,
    /// <c>y_k = Σ_j m_kj·z_j/g_j</c>, with m drawn from N(0, 1) and g_j the standard deviation of z_j on up to 20 training sequences. The
    /// last block has the remaining units if their number is not a multiple of 16. Default <see langword="false"/>.
    /// </summary>
    public bool Mix { get; init; }

    /// <summary>
    /// The longest time constant of a unit, as a share of the median number of steps of the training sequences: the time in which its state
    /// decays to 1/e. Time constants are drawn from 0.7 steps up to this maximum, or up to 2 steps if that is more. Above 0 and finite as a
    /// <see langword="float"/>. Default 0.25.
    /// </summary>
    public double LongestMemory { get; init; } = ReservoirShape.DefaultLongestMemory;

    internal override ReservoirShape Reservoir => ReservoirShape.Default with { LongestMemory = LongestMemory };

    internal override int DefaultUnits(int featuresOfAUnit) => featuresOfAUnit switch
    {
        15 => 400, // full counts: 6,000 features
        > 6 => 500,
        _ => 800,
    };

    internal override TResult Accept<TResult>(IRecurrentCellVisitor<TResult> visitor) => visitor.Visit<OscillatorCell>(default);
}
