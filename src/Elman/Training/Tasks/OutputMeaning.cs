
namespace Elman.Training.Tasks;

/// <summary>The meaning of the outputs of a model. A task needs it to evaluate outputs and to convert them to predictions.</summary>
/// <param name="Names">The names of the outputs: classes or targets; empty for a forecast.</param>
/// <param name="TargetScale">The standardisation of the targets; <see langword="null"/> if there is none.</param>
/// <param name="InputScale">The standardisation of the inputs, and so of forecasts; <see langword="null"/> if there is none.</param>
/// <param name="Channels">For a forecast, the number of channels that are forecast: the first ones.</param>
/// <param name="Horizon">For a forecast, the number of steps ahead.</param>
internal readonly record struct OutputMeaning(
    IReadOnlyList<string> Names, Standardization? TargetScale, Standardization? InputScale, int Channels, int Horizon);
