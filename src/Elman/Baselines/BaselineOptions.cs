namespace Elman;

/// <summary>How baselines are evaluated.</summary>
public sealed record BaselineOptions
{
    /// <summary>The value of <see cref="Folds"/> for leave-one-out.</summary>
    public const int LeaveOneOut = int.MaxValue;

    /// <summary>
    /// The task; by default what the training data hold: targets named like the classes (<see cref="BaselineTask.ClassifyMany"/>), other
    /// targets
    /// (<see cref="BaselineTask.Regress"/>), labels of steps, or labels. <see cref="BaselineTask.Forecast"/> must be asked for, since any
    /// data can be forecast.
    /// </summary>
    public BaselineTask? Task { get; init; }

    /// <summary>The number of steps ahead that are forecast; at least 1. Default 1.</summary>
    public int Horizon { get; init; } = 1;

    /// <summary>Steps of a period for the seasonal naive forecast; at least 1. By default it is found by the autocorrelation of the
    /// training data.</summary>
    public int? Season { get; init; }

    /// <summary>
    /// How far dynamic time warping may shift a step, as a share of the longer of two sequences, 0 to 1, rounded up to whole steps. Where
    /// lengths
    /// differ, the difference is added on the side of the longer sequence, so that a path always exists. Default 0.1.
    /// </summary>
    public double DtwWindow { get; init; } = 0.1;

    /// <summary>
    /// Parts into which <see cref="Baseline.CrossValidate"/> divides the data; at least 2. <see cref="LeaveOneOut"/>, or any number not
    /// below
    /// that of the sequences, leaves out one at a time. Default 5.
    /// </summary>
    public int Folds { get; init; } = 5;

    /// <summary>How often <see cref="Baseline.CrossValidate"/> divides the data again; at least 1. Default 1.</summary>
    public int Repeats { get; init; } = 1;

    /// <summary>The random seed of the folds. Default 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Number of threads, at most 1,024; 0 for one per processor. The result does not depend on it. Default 0.</summary>
    public int Threads { get; init; }

    /// <summary>
    /// The longest that each baseline may take, or <see langword="null"/> for no limit. One that is predicted to take longer is not begun,
    /// one
    /// that takes longer is stopped; either is reported as skipped. Default <see langword="null"/>.
    /// </summary>
    public TimeSpan? TimeLimit { get; init; }

    /// <summary>The number of threads: <see cref="Threads"/>, or the number of processors where that is 0.</summary>
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
