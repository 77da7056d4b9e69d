namespace Elman;

// What belongs to the automatic choice of a model.
public sealed partial record TrainingOptions
{
    /// <summary>The <see cref="Cell"/> that lets the model be chosen by the training data: see <see cref="Auto"/>.</summary>
    public const string AutoCell = "auto";

    private const int DefaultPatience = 20;

    private static TimeSpan DefaultBudget => TimeSpan.FromMinutes(1);

    /// <summary>
    /// Options with which <see cref="SequenceEstimator.Fit"/> chooses the model by itself, from the training data alone: it tries several,
    /// compares them by what they say of cases that they have not learned from, and averages those that do best together.
    /// <see cref="SequenceEstimator.Leaderboard"/> tells what was tried. An option that is not at its default is forced on every model that
    /// takes it; models that do not take it are left out.
    /// </summary>
    public static TrainingOptions Auto => new() { Cell = AutoCell };

    /// <summary>Whether the model is chosen by the training data.</summary>
    public bool IsAuto => Cell == AutoCell;

    /// <summary>
    /// How much work choosing may be: the time that it takes at most on a processor of two cores from about 2022, above 0. It is counted in
    /// operations, not measured, so that the choice does not depend on the machine. Only with <see cref="Auto"/>. Default one minute.
    /// </summary>
    public TimeSpan Budget { get; init; } = DefaultBudget;

    /// <summary>
    /// What the model is for: where it is to run on a stream, only models that can are tried.
    /// Only with <see cref="Auto"/>. Default anything.
    /// </summary>
    public ModelUse For { get; init; }

    /// <summary>
    /// Which models to average, and how often each counts, instead of choosing: names from a <see cref="SequenceEstimator.Leaderboard"/>.
    /// Only with <see cref="Auto"/>. Default none: choose.
    /// </summary>
    public EnsembleWeights Ensemble { get; init; } = EnsembleWeights.None;

    /// <summary>
    /// Whether the temperature of a classifier's probabilities is fitted to data that were not learned from, where there are any:
    /// validation data or folds (C. Guo and others, 2017). A reservoir's always is. Default true.
    /// </summary>
    public bool Calibrate { get; init; } = true;

    /// <summary>What no cell takes, so that nothing could be tried: the problems of the cell that has the fewest.</summary>
    private List<string> FindProblemsOfEveryCell() =>
        CellNames.Select(cell => (this with { Cell = cell }).FindModelProblems()).MinBy(problems => problems.Count)!;

    private IEnumerable<string> FindAutoProblems()
    {
        if (!(Budget > TimeSpan.Zero))
            yield return FormattableString.Invariant($"Budget is {Budget.TotalSeconds} s; it must be above 0.");
        if (Ensemble is null)
            yield return "Ensemble is missing.";
        else if (Ensemble.Count > 0 && !IsAuto)
            yield return $"Ensemble names models that the automatic choice tries, but Cell is {Cell}; leave Cell at {AutoCell}.";
        if (!Enum.IsDefined(For))
            yield return $"For is {For}, which is not a defined value.";
        if (For != ModelUse.Anything && !IsAuto)
            yield return $"For restricts the automatic choice, but Cell is {Cell}; leave Cell at {AutoCell}.";
        if (IsAuto && Patience != DefaultPatience)
            yield return "Patience waits for a lower validation loss, but the automatic choice goes by cases left out; choose a Cell, "
                + "or leave Patience at its default.";
        if (!IsAuto && Budget != DefaultBudget)
            yield return $"Budget limits the automatic choice, but Cell is {Cell}; leave Cell at {AutoCell}.";
    }
}
