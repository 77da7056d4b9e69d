using Elman.Cli.Tasks;

namespace Elman.Cli.Runs;

/// <summary>What <c>elman train</c> does: the checked arguments, and the data that were read.</summary>
internal sealed record TrainingPlan
{
    /// <summary>The model to train.</summary>
    public required TaskRun Task { get; init; }

    /// <summary>The model to start from, or <see langword="null"/>.</summary>
    public TaskRun? Start { get; init; }

    /// <summary>The path of that model.</summary>
    public string? StartName { get; init; }

    /// <summary>The training options.</summary>
    public required TrainingOptions Options { get; init; }

    /// <summary>All data.</summary>
    public required SequenceDataset Data { get; init; }

    /// <summary>The validation data, if a data set was named.</summary>
    public SequenceDataset? Validation { get; init; }

    /// <summary>The test data, or the held-out ends.</summary>
    public SequenceDataset? Test { get; init; }

    /// <summary>For a forecaster without test data, the parts of the series.</summary>
    public HeldOutEnd? HeldOut { get; init; }

    /// <summary>The data that the tested model is trained on.</summary>
    public SequenceDataset Fitted => HeldOut?.Beginnings ?? Data;

    /// <summary>The data for the suggested command: the test data as named on the command line, else the training data.</summary>
    public required string DataName { get; init; }

    /// <summary>The content of the run's file about the data.</summary>
    public byte[]? DataFile { get; init; }

    /// <summary>The arguments of the run.</summary>
    public required RunArgs Args { get; init; }

    /// <summary>The options for the layout of the data, as arguments.</summary>
    public required IReadOnlyList<string> DataWords { get; init; }

    /// <summary>The kind of task.</summary>
    public required TaskKind Kind { get; init; }

    /// <summary>Whether all baselines are run, however long they take.</summary>
    public bool AllBaselines { get; init; }

    /// <summary>The season of the seasonal naive baseline, if it was given.</summary>
    public int? Season { get; init; }

    /// <summary>Whether results are written as JSON.</summary>
    public bool Json { get; init; }

    /// <summary>The time between two saves of the checkpoint; zero for none.</summary>
    public TimeSpan SaveEvery { get; init; }

    /// <summary>Whether event files of TensorBoard are written.</summary>
    public bool TensorBoard { get; init; }

    /// <summary>Where the results go.</summary>
    public required TrainingOutputs Outputs { get; init; }
}
