using Elman.Cli.Tasks;

namespace Elman.Cli.Reports;

/// <summary>The result of <c>elman train</c>.</summary>
/// <param name="Task">The trained model with its task.</param>
/// <param name="Summary">How training went.</param>
/// <param name="Test">The result on test data, if there are any.</param>
/// <param name="Baselines">How simple baselines do on them; empty without test data.</param>
/// <param name="DataName">The test data as the command line names them, else the training data.</param>
/// <param name="Words">The arguments of the command line.</param>
/// <param name="DataWords">The options for the layout of such data, as arguments.</param>
/// <param name="ModelPath">Where the model was written.</param>
/// <param name="PlotPath">The path of the plot; <see langword="null"/> if none was drawn.</param>
internal sealed record TrainingResult(
    TaskRun Task, TrainingSummary Summary, TaskResult? Test, IReadOnlyList<BaselineResult> Baselines, string DataName,
    IReadOnlyList<string> Words, IReadOnlyList<string> DataWords, string ModelPath, string? PlotPath);
