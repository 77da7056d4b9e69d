namespace Elman;

/// <summary>What a baseline is expected to cost.</summary>
/// <param name="Cells">Cells of all matrices of dynamic time warping inside the window. Lower bounds and early stops leave most of them
/// out.</param>
/// <param name="Predicted">The time on the chosen threads, extrapolated from a small sample that was run; rough, and too long rather than
/// too short.</param>
public sealed record BaselineCost(long Cells, TimeSpan Predicted);
