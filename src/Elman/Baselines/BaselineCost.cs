namespace Elman;

/// <summary>The estimated cost of a baseline.</summary>
/// <param name="Cells">The number of cells of all matrices of dynamic time warping inside the window. Lower bounds and early stops skip
/// most of them.</param>
/// <param name="Predicted">The time on the chosen threads, extrapolated from a small sample; a rough estimate, more often too long than too
/// short.</param>
public sealed record BaselineCost(long Cells, TimeSpan Predicted);
