using Elman.Cli.Tasks;

namespace Elman.Cli.Reports;

/// <summary>What a report is made of.</summary>
/// <param name="Task">The model with its task, as it was tested.</param>
/// <param name="DataName">The name of the data in the title.</param>
internal sealed record ReportSource(TaskRun Task, string DataName)
{
    /// <summary>The labelled data that the model was not trained on; <see langword="null"/> if there are none.</summary>
    public SequenceDataset? Test { get; init; }

    /// <summary>
    /// The predictions for the test data, if they are not those of the model, such as out-of-fold predictions. Then the model is not
    /// explained.
    /// </summary>
    public CaseAnswers? Cases { get; init; }

    /// <summary>Whether there are test data, but too many to keep all predictions.</summary>
    public bool IsTooLarge { get; init; }

    /// <summary>The training data, to compare the test data with; <see langword="null"/> if they are not known.</summary>
    public SequenceDataset? Training { get; init; }

    /// <summary>The results of simple baselines on the test data.</summary>
    public IReadOnlyList<BaselineResult> Baselines { get; init; } = [];

    /// <summary>The folds of a backtest.</summary>
    public IReadOnlyList<BacktestFold> Backtest { get; init; } = [];

    /// <summary>The arguments of the command, without <c>elman</c>.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    /// <summary>The model file; <see langword="null"/> if there is none.</summary>
    public string? ModelPath { get; init; }

    /// <summary>Whether the epochs and the leaderboard of the training are shown.</summary>
    public bool HasTraining { get; init; }

    /// <summary>The options of the intervals.</summary>
    public IntervalOptions Intervals { get; init; } = new();
}
