using Elman.Cli.Tasks;

namespace Elman.Cli.Reports;

/// <summary>What <c>elman train</c> leaves behind.</summary>
/// <param name="Task">The trained model with its task.</param>
/// <param name="Summary">How training went.</param>
/// <param name="Test">How it does on test data, where there are any.</param>
/// <param name="Baselines">How simple methods do on them; empty without test data.</param>
/// <param name="DataName">The test data as the command line names them, else the training data.</param>
/// <param name="Words">The command line behind <c>elman</c>, word for word.</param>
/// <param name="DataWords">The options that say how such data are laid out, as the command line has them.</param>
/// <param name="ModelPath">Where the model was written.</param>
/// <param name="PlotPath">Where the plot was written; <see langword="null"/> where none could be drawn.</param>
internal sealed record TrainingResult(
    TaskRun Task, TrainingSummary Summary, TaskResult? Test, IReadOnlyList<BaselineResult> Baselines, string DataName,
    IReadOnlyList<string> Words, IReadOnlyList<string> DataWords, string ModelPath, string? PlotPath);
