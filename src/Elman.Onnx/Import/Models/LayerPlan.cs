using Elman.Onnx.Import.Values;

namespace Elman.Onnx.Import.Models;

/// <summary>A layer of the stack.</summary>
/// <param name="Forward">The direction from the first step.</param>
/// <param name="Backward">The direction from the last step; <see langword="null"/> if there is none.</param>
/// <param name="Merge">How both are merged.</param>
internal sealed record LayerPlan(DirectionWeights Forward, DirectionWeights? Backward, DirectionMerge Merge)
{
    /// <summary>What is computed of the values before the layer reads them; <see langword="null"/> for nothing.</summary>
    public LinearMap? InputMap { get; init; }

    /// <summary>The directions.</summary>
    public IEnumerable<DirectionWeights> Directions => Backward is null ? [Forward] : [Forward, Backward];
}
