namespace Elman;

/// <summary>Options for the evaluation of baselines.</summary>
public sealed record BaselineOptions
{
    /// <summary>The value of <see cref="Folds"/> for leave-one-out.</summary>
    public const int LeaveOneOut = int.MaxValue;

    /// <summary>
    /// The task. By default it follows from the training data: targets named like the classes (<see cref="BaselineTask.ClassifyMany"/>),
    /// other targets (<see cref="BaselineTask.Regress"/>), step labels, or labels. <see cref="BaselineTask.Forecast"/> must be set
    /// explicitly, since all data can be forecast.
    /// </summary>
    public BaselineTask? Task { get; init; }

    /// <summary>The number of steps ahead that are forecast; at least 1. Default 1.</summary>
    public int Horizon { get; init; } = 1;

    /// <summary>The number of steps of a period for the seasonal naive forecast; at least 1. By default it is found from the
    /// autocorrelation of the training data.</summary>
    public int? Season { get; init; }

    /// <summary>
    /// The window of dynamic time warping: the maximum shift of a step, as a share of the longer of two sequences, 0 to 1, rounded up to
    /// whole steps. If the lengths differ, the difference is added on the side of the longer sequence, so that a path always exists.
    /// Default 0.1.
    /// </summary>
    public double DtwWindow { get; init; } = 0.1;

    /// <summary>
    /// The number of folds of <see cref="Baseline.CrossValidate"/>; at least 2. <see cref="LeaveOneOut"/>, or any number not below that of
    /// the sequences, means leave-one-out. Default 5.
    /// </summary>
    public int Folds { get; init; } = 5;

    /// <summary>The number of repeats of <see cref="Baseline.CrossValidate"/>, each with other folds; at least 1. Default 1.</summary>
    public int Repeats { get; init; } = 1;

    /// <summary>The random seed of the folds. Default 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Number of threads, at most 1,024; 0 for one per processor. The result does not depend on it. Default 0.</summary>
    public int Threads { get; init; }

    /// <summary>
    /// The maximum time for each baseline, or <see langword="null"/> for no limit. A method that is predicted to take longer is not
    /// started; one that takes longer is stopped. Both are reported as skipped. Default <see langword="null"/>.
    /// </summary>
    public TimeSpan? TimeLimit { get; init; }

    /// <summary>The number of threads: <see cref="Threads"/>, or the number of processors if that is 0.</summary>
    internal int ResolvedThreads => Threads == 0 ? Environment.ProcessorCount : Threads;

    /// <summary>All problems of these options, one sentence each; empty if there are none.</summary>
    public IReadOnlyList<string> FindProblems()
    {
        var problems = new List<string>();
        Require(Task is null || Enum.IsDefined(Task.Value), $"Task is {Task}, which is not a defined value.");
        Require(Horizon >= 1, $"Horizon is {Horizon}; it must be at least 1.");
        Require(Horizon <= 1 || Task == BaselineTask.Forecast,
            $"Horizon is {Horizon}, but Horizon is for forecasts; set Task to Forecast or leave Horizon at 1.");
        Require(Season is null or >= 1, $"Season is {Season}; it must be at least 1, or null to find it in the data.");
        Require(Season is null || Task == BaselineTask.Forecast,
            $"Season is {Season}, but Season is for forecasts; set Task to Forecast or leave Season at null.");
        Require(DtwWindow is >= 0 and <= 1, $"DtwWindow is {DtwWindow}; it may be 0 to 1.");
        Require(Folds >= 2, $"Folds is {Folds}; it must be at least 2.");
        Require(Repeats >= 1, $"Repeats is {Repeats}; it must be at least 1.");
        Require(Threads is >= 0 and <= 1024, $"Threads is {Threads}; it may be 0 to 1024.");
        Require(TimeLimit is null || TimeLimit > TimeSpan.Zero, $"TimeLimit is {TimeLimit}; it must be above 0, or null for no limit.");
        return problems;

        void Require(bool holds, FormattableString problem)
        {
            if (!holds)
                problems.Add(FormattableString.Invariant(problem));
        }
    }
}
