namespace Elman;

// The automatic choice of a model.
public sealed partial record TrainingOptions
{
    private const int DefaultPatience = 20;

    /// <summary>
    /// Options with which <see cref="SequenceEstimator.Fit"/> chooses the model from the training data: it tries several models, compares
    /// them on held-out cases, and averages the best combination. <see cref="SequenceEstimator.Leaderboard"/> has the results. An option
    /// that is not at its default is forced on every candidate; candidates that do not support it are left out.
    /// </summary>
    public static TrainingOptions Auto => new() { Cell = new AutoOptions() };

    /// <summary>Whether the model is chosen automatically from the training data.</summary>
    public bool IsAuto => Cell is AutoOptions;

    /// <summary>The options of the automatic choice; defaults if there is none.</summary>
    internal AutoOptions Choice => Cell as AutoOptions ?? AutoOptions.Default;

    /// <summary>
    /// Whether the temperature of a classifier's probabilities is fitted to held-out data, if there are any:
    /// validation data or folds (C. Guo and others, 2017). A reservoir's always is. Default true.
    /// </summary>
    public bool Calibrate { get; init; } = true;

    /// <summary>The problems if no cell is possible: those of the cell that has the fewest.</summary>
    private List<string> FindProblemsOfEveryCell() =>
        CellOptions.All.Select(cell => (this with { Cell = Choice.Force(cell) ?? cell }).FindModelProblems().Distinct().ToList()).MinBy(
            problems => problems.Count)!;

    private IEnumerable<string> FindAutoProblems()
    {
        if (!IsAuto)
            yield break;
        foreach (string problem in Cell.FindProblems())
            yield return problem;
        foreach (string name in Choice.Fixed.Where(name => Definitions.All(option => option.Name != name)))
            yield return $"Fixed names {name}, which is no option.";
        if (Patience != DefaultPatience)
            yield return "Patience waits for a lower validation loss, but the automatic choice goes by cases left out; choose a Cell, "
                + "or leave Patience at its default.";
    }
}
