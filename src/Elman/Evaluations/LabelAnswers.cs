using Elman.Evaluations;

namespace Elman;

/// <summary>The predictions of a multi-label classifier for labelled sequences, case by case.</summary>
public sealed class LabelAnswers : CaseAnswers
{
    private readonly ReadOnlyMemory<float>[] _targets;
    private readonly float[][] _rows;

    private LabelAnswers(IReadOnlyList<string> classes, ReadOnlyMemory<float>[] targets, float[][] rows, (int[] Units, string Name) units)
        : base(units.Units, units.Name)
    {
        (Classes, _targets, _rows) = (classes, targets, rows);
        Evaluation = LabelEvaluation.From(classes, targets, rows);
    }

    /// <summary>The classes, in the order of the probabilities.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>The evaluation of all cases.</summary>
    public LabelEvaluation Evaluation { get; }

    /// <summary>Returns for each class whether it applies to a case: 1 or 0, NaN if not known; <c>[C]</c>.</summary>
    /// <param name="index">The case, from 0: the index of the sequence.</param>
    /// <exception cref="IndexOutOfRangeException">There is no such case.</exception>
    public ReadOnlySpan<float> TargetsOf(int index) => _targets[index].Span;

    /// <summary>Returns the probability of each class for a case, <c>[C]</c>.</summary>
    /// <inheritdoc cref="TargetsOf"/>
    public ReadOnlySpan<float> ProbabilitiesOf(int index) => _rows[index];

    /// <summary>Returns the loss of a case: the sum over its known classes of −ln p if the class applies, otherwise
    /// −ln(1 − p).</summary>
    /// <inheritdoc cref="TargetsOf"/>
    public double LossOf(int index)
    {
        double loss = 0;
        for (int c = 0; c < Classes.Count; c++)
            loss += float.IsNaN(_targets[index].Span[c]) ? 0 : CaseLoss.OfLabel(_targets[index].Span[c], _rows[index][c]);
        return loss;
    }

    /// <summary>Collects predictions.</summary>
    internal static LabelAnswers Of(IReadOnlyList<string> classes, SequenceDataset data, IEnumerable<float[]> answers) => new(
        classes, [.. data.Select(sequence => sequence.Targets)], [.. answers], UnitsOf(data, Enumerable.Range(0, data.Count)));

    /// <inheritdoc/>
    internal override double MainFigure => Evaluation.ExactMatch;

    private protected override IReadOnlyList<FigureInterval> Measure(IntervalOptions options)
    {
        double z = NormalDistribution.Limit(options.Level), level = options.Level;
        var whole = new Widening(UnitOfCase, Units);
        double exact = Evaluation.ExactMatch;
        var shares = new List<(double Right, double Cases)>();
        var ofClasses = new List<FigureInterval>();
        for (int c = 0; c < Classes.Count; c++)
        {
            string name = Classes[c];
            ClassScore score = Evaluation.PerClass[c];
            int column = c;
            foreach (string figure in (string[])["recall", "precision", "f1"])
            {
                (double share, int cases) = ShareOf([c], figure);
                ConfidenceInterval interval = ProportionInterval.Of(
                    cases == 0 ? 0 : share, cases, whole.Limit(z, i => Influence(i, column, share, figure)), level); // 0 as in ClassScore
                if (figure == "f1")
                    shares.Add((cases == 0 ? 0 : share * cases, cases));
                ofClasses.Add(new FigureInterval(figure, name, figure == "f1" ? ProportionInterval.F1Of(interval) : interval));
            }
            int[] known = [.. Enumerable.Range(0, Cases).Where(i => !float.IsNaN(_targets[i].Span[column]))];
            float[] scores = [.. known.Select(i => _rows[i][column])];
            bool[] applies = [.. known.Select(i => _targets[i].Span[column] > 0.5f)];
            var placements = new Placements(scores, applies);
            var precisions = new PrecisionInfluences(scores, applies);
            var widening = new Widening([.. known.Select(i => UnitOfCase[i])], Units);
            ofClasses.Add(new FigureInterval(
                "rocAuc", name, placements.Interval(score.RocAuc, widening.Limit(z, placements.Influence), level)));
            ofClasses.Add(new FigureInterval("averagePrecision", name, precisions.Interval(
                score.AveragePrecision, widening.Limit(z, precisions.Influence), level)));
        }
        return [new FigureInterval("exactMatch", null, ProportionInterval.Of(
                exact, Cases, whole.Limit(z, i => (IsExact(i) ? 1 : 0) - exact), level)),
            new FigureInterval("microF1", null, ProportionInterval.F1Of(MicroOf(z, level))),
            new FigureInterval("macroF1", null, MacroOf(shares, WholeLimit(whole, z), level)),
            new FigureInterval("logLoss", null, LogLoss(options)),
            .. ofClasses.Select(figure => figure with { Part = FigurePart.Class })];
    }

    private protected override PairedComparison Compare(CaseAnswers other, IntervalOptions options) => PairedComparison.OfRight(
        "exactMatch", [.. Enumerable.Range(0, Cases).Select(IsExact)],
        [.. Enumerable.Range(0, Cases).Select(((LabelAnswers)other).IsExact)], UnitOfCase, Units, options);

    /// <summary>Whether all known classes of a case are predicted correctly.</summary>
    /// <inheritdoc cref="TargetsOf"/>
    public bool IsExact(int index)
    {
        for (int c = 0; c < Classes.Count; c++)
            if (_targets[index].Span[c] is var target && !float.IsNaN(target) && (target > 0.5f) != (_rows[index][c] >= 0.5f))
                return false;
        return true;
    }

    /// <summary>Classes of a sequence depend on each other: every pair of a case and a class is a case of the unit.</summary>
    private ConfidenceInterval MicroOf(double z, double level)
    {
        (double share, int cases) = ShareOf([.. Enumerable.Range(0, Classes.Count)], "f1");
        int width = Classes.Count;
        int[] units = [.. Enumerable.Range(0, Cases * width).Select(i => UnitOfCase[i / width])];
        double limit = new Widening(units, Units).Limit(z, i => Influence(i / width, i % width, share, "f1"));
        return ProportionInterval.Of(share, cases, limit, level);
    }

    /// <summary>The mean of the F1 of the classes that occur, whose errors may come together: they are taken as fully correlated.</summary>
    private ConfidenceInterval MacroOf(IReadOnlyList<(double Right, double Cases)> shares, double z, double level) =>
        ProportionInterval.OfMean(Evaluation.MacroF1, shares, ProportionInterval.F1AndSlope, (_, _) => 1, z, level);

    /// <summary>The limit for figures of all classes, by the number of wrong classes of a case.</summary>
    private double WholeLimit(Widening whole, double z)
    {
        double[] wrong = [.. Enumerable.Range(0, Cases).Select(i => (double)Enumerable.Range(0, Classes.Count)
            .Count(c => !float.IsNaN(_targets[i].Span[c]) && (_targets[i].Span[c] > 0.5f) != (_rows[i][c] >= 0.5f)))];
        double mean = wrong.Average();
        return whole.Limit(z, i => wrong[i] - mean);
    }

    private (double Share, int Cases) ShareOf(int[] classes, string figure)
    {
        int right = 0, cases = 0;
        foreach (int c in classes)
        {
            for (int i = 0; i < Cases; i++)
            {
                double influence = Influence(i, c, 0, figure);
                cases += double.IsNaN(influence) ? 0 : 1;
                right += influence > 0 ? 1 : 0;
            }
        }
        return (cases == 0 ? double.NaN : (double)right / cases, cases);
    }

    private double Influence(int i, int c, double share, string figure)
    {
        float target = _targets[i].Span[c];
        bool applies = target > 0.5f, isPredicted = _rows[i][c] >= 0.5f;
        bool counts = !float.IsNaN(target) && (figure switch
        {
            "recall" => applies,
            "precision" => isPredicted,
            _ => applies || isPredicted,
        });
        return counts ? (applies && isPredicted ? 1 : 0) - share : double.NaN;
    }

    private ConfidenceInterval LogLoss(IntervalOptions options)
    {
        double[] losses = new double[Units], cases = new double[Units];
        for (int i = 0; i < Cases; i++)
        {
            for (int c = 0; c < Classes.Count; c++)
            {
                if (float.IsNaN(_targets[i].Span[c]))
                    continue;
                losses[UnitOfCase[i]] += CaseLoss.OfLabel(_targets[i].Span[c], _rows[i][c]);
                cases[UnitOfCase[i]]++;
            }
        }
        return new RatioBootstrap(losses, cases, options).Positive(loss => loss) with { Estimate = Evaluation.LogLoss };
    }
}
