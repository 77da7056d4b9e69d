namespace Elman.Cli.Runs;

/// <summary>Where the results of a training go.</summary>
/// <param name="Run">The folder of the run, or <see langword="null"/> for none.</param>
/// <param name="ModelPath">The model file, without a run; in a run its copy, if one was asked for.</param>
/// <param name="PlotPath">The plot, or <see langword="null"/> for none.</param>
internal sealed record TrainingOutputs(RunFolder? Run, string? ModelPath, string? PlotPath);
