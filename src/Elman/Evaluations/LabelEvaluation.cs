using System.Runtime.InteropServices;
using Elman.Evaluations;

namespace Elman;

/// <summary>
/// The scores of a multi-label classifier. A class counts as predicted if its probability is at least a half.
/// </summary>
public sealed record LabelEvaluation
{
    private LabelEvaluation(IReadOnlyList<ClassScore> perClass, bool hasRocAuc, int cases, double exact, double logLoss)
    {
        PerClass = perClass;
        HasRocAuc = hasRocAuc;
        Cases = cases;
        ExactMatch = exact;
        LogLoss = logLoss;
    }

    /// <summary>Precision, recall, F1 and area under the ROC curve of each class, over the sequences in which it is known.</summary>
    public IReadOnlyList<ClassScore> PerClass { get; }

    /// <summary>
    /// Whether the areas under the ROC curves were computed. They are NaN if cases × classes is more than 200 million.
    /// </summary>
    public bool HasRocAuc { get; }

    /// <summary>The number of sequences.</summary>
    public int Cases { get; }

    /// <summary>The share of sequences with all classes predicted correctly.</summary>
    public double ExactMatch { get; }

    /// <summary>
    /// The mean over all classes of all sequences of −ln p if the class applies, otherwise −ln(1 − p); a probability below 10⁻¹⁵ counts as
    /// 10⁻¹⁵.
    /// </summary>
    public double LogLoss { get; }

    /// <summary>The mean F1 of the classes that occur or were predicted.</summary>
    public double MacroF1 =>
        PerClass.Where(score => score.Cases > 0 || score.Predicted > 0).Select(score => score.F1).DefaultIfEmpty(double.NaN).Average();

    /// <summary>F1 over the pooled predictions of all classes.</summary>
    public double MicroF1
    {
        get
        {
            double right = PerClass.Sum(score => score.Recall * score.Cases), all = PerClass.Sum(score => score.Cases + score.Predicted);
            return all == 0 ? double.NaN : 2 * right / all;
        }
    }

    /// <summary>Evaluates predictions.</summary>
    /// <param name="classes">The classes.</param>
    /// <param name="targets">The classes that apply to each case, as 1 or 0; NaN if not known.</param>
    /// <param name="probabilities">The probabilities for each case; iterated once.</param>
    internal static LabelEvaluation From(
        IReadOnlyList<string> classes, IReadOnlyList<ReadOnlyMemory<float>> targets, IEnumerable<float[]> probabilities)
    {
        int exact = 0;
        long judged = 0;
        double loss = 0;
        int[] right = new int[classes.Count], applies = new int[classes.Count], predicted = new int[classes.Count];
        List<float[]>? rows = RocAuc.IsFor(targets.Count, classes.Count) ? [] : null;
        foreach ((ReadOnlyMemory<float> targetsOfCase, float[] row) in targets.Zip(probabilities))
        {
            bool allRight = true;
            ReadOnlySpan<float> ofCase = targetsOfCase.Span;
            for (int c = 0; c < classes.Count; c++)
            {
                float target = ofCase[c];
                if (float.IsNaN(target))
                    continue;
                bool isTarget = target > 0.5f, answer = row[c] >= 0.5f;
                loss += CaseLoss.OfLabel(target, row[c]);
                judged++;
                applies[c] += isTarget ? 1 : 0;
                predicted[c] += answer ? 1 : 0;
                right[c] += isTarget && answer ? 1 : 0;
                allRight &= isTarget == answer;
            }
            exact += allRight ? 1 : 0;
            rows?.Add(row);
        }
        ClassAreas? areas = rows is null ? null : AreasOf(classes.Count, targets, rows);
        return new LabelEvaluation(
            [.. classes.Select((label, c) => ClassScore.From(label, right[c], applies[c], predicted[c], areas, c))],
            areas is not null, targets.Count, (double)exact / targets.Count, loss / judged);
    }

    /// <summary>Returns the areas under the curves of each class, over the cases in which it is known.</summary>
    private static ClassAreas AreasOf(int classes, IReadOnlyList<ReadOnlyMemory<float>> targets, List<float[]> rows)
    {
        var applying = new List<int>();
        var scores = new List<float>();
        for (int i = 0; i < rows.Count; i++)
            for (int c = 0; c < classes; c++)
                if (targets[i].Span[c] > 0.5f)
                {
                    applying.Add(c);
                    scores.Add(rows[i][c]);
                }
        var areas = new RocAuc(classes, CollectionsMarshal.AsSpan(applying), CollectionsMarshal.AsSpan(scores));
        for (int i = 0; i < rows.Count; i++)
            for (int c = 0; c < classes; c++)
                if (targets[i].Span[c] <= 0.5f)
                    areas.AddOther(c, rows[i][c]);
        return new ClassAreas(areas.Areas(), areas.AveragePrecisions());
    }
}
