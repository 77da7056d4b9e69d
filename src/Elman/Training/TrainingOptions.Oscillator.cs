using Elman.Models;

namespace Elman;

// What a reservoir of oscillators is drawn like, and how many units it has where nothing is chosen.
public sealed partial record TrainingOptions
{
    /// <summary>Stands for layers that were left at their default, which depends on the cell.</summary>
    private static readonly LayerSizes _notChosen = [96];

    /// <summary>
    /// The longest time constant of a unit of <c>oscillator</c>, as a share of the median number of steps of the training sequences: after
    /// so many steps its state has shrunk to 1/e. Time constants are drawn from 0.7 steps up to that, or up to 2 steps if that is more.
    /// Above 0 and finite as a <see langword="float"/>. Only for <c>oscillator</c>. Default 0.25.
    /// </summary>
    public double LongestMemory { get; init; } = ReservoirShape.DefaultLongestMemory;

    /// <summary>
    /// Whether the units of <c>oscillator</c> are mixed in blocks of 16 neighbours: the outputs are 16 random mixtures of what the units of
    /// a block give, <c>y_k = Σ_j m_kj·z_j/g_j</c>, m drawn from N(0, 1) and g_j the standard deviation of z_j on up to 20 training
    /// sequences. The last block has the units that are left where their number is no multiple of 16. Only for <c>oscillator</c>.
    /// Default <see langword="false"/>.
    /// </summary>
    public bool Mix { get; init; }

    /// <summary>What the weights of a reservoir are drawn like.</summary>
    internal ReservoirShape Reservoir => new(SpectralRadius, ReservoirDensity, InputScale, LongestMemory);

    /// <summary>The layers of a cell for which none were chosen.</summary>
    private LayerSizes DefaultLayers
    {
        get
        {
            int featuresOfAUnit = Readout.Counts()?.FeatureVectors ?? 1;
            return CellEntry is { IsReservoir: true } cell && cell.DefaultUnits(featuresOfAUnit) is var units
                && units != _notChosen[0]
                ? [Bidirectional && Merge == DirectionMerge.Concatenate ? units / 2 : units]
                : _notChosen;
        }
    }
}
