using System.Collections.Immutable;
using Elman.Onnx.Reading;

namespace Elman.Onnx.Import.Models;

/// <summary>Finds the cell of a model: that of all its layers.</summary>
internal static class CellChoice
{
    /// <summary>Returns the cell that all layers have.</summary>
    /// <exception cref="GraphException">They have different ones, or different directions.</exception>
    public static CellOptions Of(ImmutableArray<LayerPlan> layers)
    {
        LayerPlan first = layers[0];
        CellOptions cell = first.Forward.Cell;
        foreach (LayerPlan layer in layers)
        {
            if ((layer.Backward is null) != (first.Backward is null) || layer.Merge != first.Merge)
                throw new GraphException($"{layer.Forward.Node} has other directions than {first.Forward.Node}, or they are merged "
                    + "otherwise; all layers of a model must be alike.");
            foreach (DirectionWeights direction in layer.Directions)
            {
                if (!WithoutPeepholes(direction.Cell).Equals(WithoutPeepholes(cell)))
                    throw new GraphException($"{direction.Node} is another cell than {first.Forward.Node}, or has other activations or "
                        + "attributes in one of the directions; all layers and directions of a model must be alike.");
                if (direction.Units != layer.Forward.Units)
                    throw new GraphException($"{direction.Node} has other units than the other direction of its layer.");
            }
        }
        // A layer without peepholes is one whose peepholes are 0.
        return cell is LstmOptions lstm
            ? lstm with { Peepholes = layers.Any(layer => layer.Directions.Any(direction => direction.Peepholes.Length > 0)) }
            : cell;
    }

    private static CellOptions WithoutPeepholes(CellOptions cell) => cell is LstmOptions lstm ? lstm with { Peepholes = false } : cell;
}
