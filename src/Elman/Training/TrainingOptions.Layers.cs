using Elman.Models;

namespace Elman;

// The number of units where none is chosen.
public sealed partial record TrainingOptions
{
    /// <summary>Stands for layers that were left at their default, which depends on the cell.</summary>
    private static readonly LayerSizes _notChosen = [96];

    /// <summary>The layers of a cell for which none were chosen.</summary>
    private LayerSizes DefaultLayers
    {
        get
        {
            int featuresOfAUnit = Readout.Counts()?.FeatureVectors ?? 1;
            return Cell.DefaultUnits(featuresOfAUnit) is var units && units != _notChosen[0]
                ? [Bidirectional && Merge == DirectionMerge.Concatenate ? units / 2 : units]
                : _notChosen;
        }
    }
}
