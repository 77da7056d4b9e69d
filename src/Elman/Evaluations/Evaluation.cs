using Elman.Evaluations;

namespace Elman;

/// <summary>The scores of a classifier on labelled data.</summary>
public sealed record Evaluation
{
    /// <summary>Creates an evaluation from counts.</summary>
    /// <param name="classes">The classes.</param>
    /// <param name="confusion">The confusion matrix.</param>
    /// <param name="areas">The areas under the curves of each class; <see langword="null"/> if they are left out.</param>
    /// <param name="logLoss">The log loss.</param>
    /// <param name="calibrationError">The calibration error.</param>
    internal Evaluation(
        IReadOnlyList<string> classes, ConfusionMatrix confusion, ClassAreas? areas, double logLoss, double calibrationError)
    {
        Classes = classes;
        Confusion = confusion;
        HasRocAuc = areas is not null;
        LogLoss = logLoss;
        CalibrationError = calibrationError;
        int[] cases = new int[classes.Count], predicted = new int[classes.Count], right = new int[classes.Count];
        foreach (ConfusionCell cell in confusion)
        {
            cases[cell.True] += cell.Cases;
            predicted[cell.Predicted] += cell.Cases;
            right[cell.True] += cell.True == cell.Predicted ? cell.Cases : 0;
        }
        PerClass = [.. classes.Select((label, c) => ClassScore.From(label, right[c], cases[c], predicted[c], areas, c))];
        Cases = cases.Sum();
        Accuracy = Cases == 0 ? double.NaN : (double)right.Sum() / Cases;
    }

    /// <summary>The classes, in the order of rows and columns.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>The confusion matrix: the number of cases by true class (row) and predicted class (column).</summary>
    public ConfusionMatrix Confusion { get; }

    /// <summary>
    /// Whether the areas under the ROC curves were computed. They are NaN if cases × classes is more than 200 million, since all
    /// probabilities would have to be stored.
    /// </summary>
    public bool HasRocAuc { get; }

    /// <summary>Mean of −ln p(true class); a probability below 10⁻¹⁵ counts as 10⁻¹⁵.</summary>
    public double LogLoss { get; }

    /// <summary>
    /// The expected calibration error (C. Guo and others, 2017), from 0 to 1: the mean distance between the probability of the predicted
    /// class and the accuracy of the cases with about that probability. <c>Σ_m (n_m/n)·|accuracy_m − mean p_m|</c> over 15 bins of equal
    /// width, bin m for (m − 1)/15 &lt; p ≤ m/15. With few cases in a bin, it is above 0 by chance alone. NaN if there are no cases.
    /// </summary>
    public double CalibrationError { get; }

    /// <summary>Precision, recall, F1 and area under the ROC curve of each class.</summary>
    public IReadOnlyList<ClassScore> PerClass { get; }

    /// <summary>The number of cases.</summary>
    public int Cases { get; }

    /// <summary>The share of cases that are classified correctly.</summary>
    public double Accuracy { get; }

    /// <summary>The mean recall of the classes that occur.</summary>
    public double BalancedAccuracy =>
        PerClass.Where(score => score.Cases > 0).Select(score => score.Recall).DefaultIfEmpty(double.NaN).Average();

    /// <summary>The mean F1 of the classes that occur or were predicted.</summary>
    public double MacroF1 =>
        PerClass.Where(score => score.Cases > 0 || score.Predicted > 0).Select(score => score.F1).DefaultIfEmpty(double.NaN).Average();

    /// <summary>Evaluates predictions.</summary>
    /// <param name="classes">The classes.</param>
    /// <param name="labels">The true class of each case.</param>
    /// <param name="probabilities">The probabilities for each case, <c>[C]</c>; iterated once.</param>
    internal static Evaluation From(IReadOnlyList<string> classes, ReadOnlySpan<int> labels, IEnumerable<float[]> probabilities)
    {
        var tally = new EvaluationTally(classes, labels.Length);
        int i = 0;
        foreach (float[] row in probabilities)
            tally.Add(labels[i++], row);
        return tally.Result();
    }
}

/// <summary>The scores of a classifier for one class.</summary>
/// <param name="Label">The class.</param>
/// <param name="Cases">The number of cases of the class.</param>
/// <param name="Predicted">The number of cases predicted as the class.</param>
/// <param name="Precision">The share of the cases predicted as this class that belong to it; 0 if there are none.</param>
/// <param name="Recall">The share of its cases that are predicted as this class; 0 if there are none.</param>
/// <param name="F1">The harmonic mean of precision and recall.</param>
/// <param name="RocAuc">
/// The area under the ROC curve of the class against all others: the probability that a random case of the class has a higher score than a
/// random case of another class, with ties counted half. 0.5 for guesses, 1 for perfect separation; it does not depend on a threshold. NaN
/// if all cases are of the class, or none, or if areas were not computed.
/// </param>
public sealed record ClassScore(string Label, int Cases, int Predicted, double Precision, double Recall, double F1, double RocAuc)
{
    /// <summary>
    /// The average precision of the class against all others: <c>Σ (R_n − R_{n−1})·P_n</c> over the thresholds, with precision P and
    /// recall R; the area under the curve of precision over recall, without interpolation. For guesses the share of the class, 1 for
    /// perfect separation. NaN where <see cref="RocAuc"/> was not computed, or the class has no case.
    /// </summary>
    public double AveragePrecision { get; init; } = double.NaN;

    /// <summary>Creates a score from counts.</summary>
    internal static ClassScore From(string label, int right, int cases, int predicted, ClassAreas? areas, int c) =>
        From(label, right, cases, predicted, areas?.Roc[c] ?? double.NaN) with { AveragePrecision = areas?.Precision[c] ?? double.NaN };

    /// <summary>Creates a score from counts.</summary>
    internal static ClassScore From(string label, int right, int cases, int predicted, double rocAuc)
    {
        double precision = predicted == 0 ? 0 : (double)right / predicted;
        double recall = cases == 0 ? 0 : (double)right / cases;
        double f1 = right == 0 ? 0 : 2 * precision * recall / (precision + recall);
        return new ClassScore(label, cases, predicted, precision, recall, f1, rocAuc);
    }
}
