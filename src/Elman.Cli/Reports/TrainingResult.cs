using Elman.Cli.Runs;
using Elman.Cli.Tasks;

namespace Elman.Cli.Reports;

/// <summary>The result of <c>elman train</c>.</summary>
/// <param name="Task">The trained model with its task.</param>
/// <param name="Summary">The summary of training.</param>
/// <param name="Test">The result on test data, if there are any.</param>
/// <param name="Baselines">The results of simple baselines on the test data; empty without test data.</param>
/// <param name="DataName">The test data as named on the command line, else the training data.</param>
/// <param name="Words">The arguments of the command line.</param>
/// <param name="DataWords">The options for the layout of such data, as arguments.</param>
/// <param name="ModelPath">The path of the model file.</param>
/// <param name="PlotPath">The path of the plot; <see langword="null"/> if none was drawn.</param>
internal sealed record TrainingResult(
    TaskRun Task, TrainingSummary Summary, TaskResult? Test, IReadOnlyList<BaselineResult> Baselines, string DataName,
    IReadOnlyList<string> Words, IReadOnlyList<string> DataWords, string ModelPath, string? PlotPath)
{
    /// <summary>The folder of the run, or <see langword="null"/> for none.</summary>
    public RunFolder? Run { get; init; }

    /// <summary>Whether training was stopped, so that the run can be continued.</summary>
    public bool IsStopped { get; init; }
}
