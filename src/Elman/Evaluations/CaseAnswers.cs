namespace Elman;

/// <summary>
/// The predictions for labelled data, case by case: from them come figures with confidence intervals, and comparisons with the predictions
/// of other methods for the same cases.
/// </summary>
/// <remarks>
/// Intervals treat cases of a group (<see cref="Sequence.Group"/>) as dependent on each other, and steps of a sequence too:
/// <see cref="Units"/> is the number of independent units.
/// </remarks>
public abstract class CaseAnswers
{
    private protected CaseAnswers(int[] units, string unitName)
    {
        UnitOfCase = units;
        Units = units.Length == 0 ? 0 : units.Max() + 1;
        UnitName = unitName;
    }

    /// <summary>The number of cases: sequences, labelled steps, or forecast values.</summary>
    public int Cases => UnitOfCase.Length;

    /// <summary>The number of units that are taken as independent.</summary>
    public int Units { get; }

    /// <summary>What a unit is: <c>sequence</c>, <c>group</c>, or for a few long series <c>block of 24 steps</c>.</summary>
    public string UnitName { get; }

    /// <summary>For each case, its unit, from 0.</summary>
    private protected int[] UnitOfCase { get; }

    /// <summary>Returns the figures with their intervals, the main one first; then those of each class, target or step ahead.</summary>
    /// <param name="options">The options; by default all defaults.</param>
    /// <remarks>
    /// Shares of cases have score intervals (Wilson), F1 too, as a function of the share TP/(TP + FP + FN); means over classes that of
    /// a share with the same variance; areas under ROC curves a logit interval with the variances of DeLong and of Hanley and McNeil;
    /// average precision a logit interval with the variance of the jackknife; losses and errors of numbers the bootstrap-t interval of
    /// their logarithm; the calibration error an inverted test. Intervals of dependent cases are widened by the design effect of their
    /// units. Limits are NaN where the data have too few units for them.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public IReadOnlyList<FigureInterval> Intervals(IntervalOptions? options = null) => Measure(IntervalOptions.Checked(options));

    /// <summary>Returns the main figure with its interval: accuracy, exact match, or the root mean squared error.</summary>
    /// <inheritdoc cref="Intervals"/>
    public FigureInterval MainInterval(IntervalOptions? options = null) => MeasureMain(IntervalOptions.Checked(options));

    /// <summary>Compares with the predictions of another method for the same cases.</summary>
    /// <param name="other">The predictions of the other method.</param>
    /// <param name="options">The options; by default all defaults.</param>
    /// <returns>The comparison by the main figure. <see langword="null"/> if the cases differ in number or kind.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public PairedComparison? CompareWith(CaseAnswers other, IntervalOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(other);
        options = IntervalOptions.Checked(options);
        return other.GetType() == GetType() && other.Cases == Cases && Cases > 0 ? Compare(other, options) : null;
    }

    /// <summary>The main figure: accuracy, exact match, or the root mean squared error, with several targets in standard
    /// deviations.</summary>
    internal abstract double MainFigure { get; }

    private protected abstract IReadOnlyList<FigureInterval> Measure(IntervalOptions options);

    private protected virtual FigureInterval MeasureMain(IntervalOptions options) => Measure(options)[0];

    private protected abstract PairedComparison Compare(CaseAnswers other, IntervalOptions options);

    /// <summary>Returns the units of whole sequences: their groups, or each sequence alone.</summary>
    /// <param name="data">The data.</param>
    /// <param name="cases">The sequence of each case.</param>
    /// <returns>The unit of each case, and its name.</returns>
    private protected static (int[] Units, string Name) UnitsOf(SequenceDataset data, IEnumerable<int> cases)
    {
        int[] ofSequence = new int[data.Count];
        bool areGroups = Sequences.SequenceGroups.Of(data) is { } groups && Number(groups, ofSequence);
        if (!areGroups)
            ofSequence = [.. Enumerable.Range(0, data.Count)];
        // Units without a case, such as a sequence without labelled steps, are left out.
        var numbers = new Dictionary<int, int>();
        int[] units = [.. cases.Select(i => numbers.TryAdd(ofSequence[i], numbers.Count) ? numbers.Count - 1 : numbers[ofSequence[i]])];
        return (units, areGroups ? "group" : "sequence");
    }

    /// <summary>Returns the sums of a number over the cases of each unit.</summary>
    private protected double[] SumsOf(Func<int, double> ofCase)
    {
        double[] sums = new double[Units];
        for (int i = 0; i < Cases; i++)
            sums[UnitOfCase[i]] += ofCase(i);
        return sums;
    }

    private static bool Number(IReadOnlyList<IReadOnlyList<int>> groups, int[] ofSequence)
    {
        for (int g = 0; g < groups.Count; g++)
            foreach (int i in groups[g])
                ofSequence[i] = g;
        return true;
    }
}
