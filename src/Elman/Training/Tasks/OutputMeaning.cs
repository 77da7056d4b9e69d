
namespace Elman.Training.Tasks;

/// <summary>What the outputs of a model stand for: what a task needs to judge them and to turn them into answers.</summary>
/// <param name="Names">What they are called: classes, or targets; empty for a forecast.</param>
/// <param name="TargetScale">In what units targets were learned; <see langword="null"/> for those of the data.</param>
/// <param name="InputScale">In what units inputs are, and so forecasts of them; <see langword="null"/> for those of the data.</param>
/// <param name="Channels">Of a forecast, channels that are forecast: the first.</param>
/// <param name="Horizon">Of a forecast, how many steps ahead it goes.</param>
internal readonly record struct OutputMeaning(
    IReadOnlyList<string> Names, Standardization? TargetScale, Standardization? InputScale, int Channels, int Horizon);
