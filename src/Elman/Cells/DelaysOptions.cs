
namespace Elman;

/// <summary>
/// <c>delays</c>, a reservoir of random dilated convolution kernels of nine taps (A. Dempster and others, MiniRocket, 2021), here causal.
/// Only its output layer is trained, by least squares.
/// </summary>
public sealed record DelaysOptions : CellOptions
{
    /// <inheritdoc/>
    public override string Name => "delays";

    /// <inheritdoc/>
    public override IReadOnlyList<OptionDefinition<CellOptions>> Options => [];

    /// <inheritdoc/>
    public override bool IsReservoir => true;

    internal override int DefaultUnits(int featuresOfAUnit) => 336;
}
