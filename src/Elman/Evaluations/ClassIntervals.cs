namespace Elman.Evaluations;

/// <summary>Computes the intervals of the figures of a classifier or tagger.</summary>
/// <param name="answers">The predictions.</param>
/// <param name="units">The unit of each case.</param>
/// <param name="count">The number of units.</param>
/// <param name="options">The options.</param>
internal sealed class ClassIntervals(ClassAnswers answers, int[] units, int count, IntervalOptions options)
{
    /// <summary>The maximum number of scores that are sorted for the variance of areas; with more, a formula is used.</summary>
    private const long MostPlacements = 5_000_000;

    private readonly Widening _widening = new(units, count);
    private readonly double _z = NormalDistribution.Limit(options.Level);
    private readonly Evaluation _evaluation = answers.Evaluation;

    /// <summary>Returns all figures.</summary>
    public IReadOnlyList<FigureInterval> Measure()
    {
        int classes = answers.Classes.Count;
        double accuracy = _evaluation.Accuracy;
        var figures = new List<FigureInterval>
        {
            new("accuracy", null, ProportionInterval.Of(accuracy, answers.Cases, Z(i => Hit(i) - accuracy), options.Level)),
        };
        if (answers.AreSteps)
            figures.Add(new FigureInterval("sequenceAccuracy", null, SequenceAccuracy()));
        var ofClasses = new List<FigureInterval>();
        for (int c = 0; c < classes; c++)
        {
            string name = answers.Classes[c];
            ofClasses.Add(new FigureInterval("recall", name, Of(c, "recall")));
            ofClasses.Add(new FigureInterval("precision", name, Of(c, "precision")));
            ofClasses.Add(new FigureInterval("f1", name, ProportionInterval.F1Of(Of(c, "f1"))));
            ofClasses.AddRange(Areas(c));
        }
        figures.Add(new FigureInterval("balancedAccuracy", null, BalancedAccuracy()));
        figures.Add(new FigureInterval("macroF1", null, MacroF1()));
        figures.Add(new FigureInterval("logLoss", null, LogLoss()));
        figures.Add(new FigureInterval("calibrationError", null, CalibrationError()));
        return [.. figures, .. ofClasses.Select(figure => figure with { Part = FigurePart.Class })];
    }

    /// <summary>Returns the bins of a reliability diagram.</summary>
    public IReadOnlyList<ReliabilityBin> Reliability()
    {
        var bins = new List<ReliabilityBin>();
        foreach (IGrouping<int, int> bin in Enumerable.Range(0, answers.Cases).GroupBy(BinOf).OrderBy(bin => bin.Key))
        {
            int[] cases = [.. bin];
            double share = cases.Average(Hit);
            double z = Z(i => BinOf(i) == bin.Key ? Hit(i) - share : double.NaN);
            bins.Add(new ReliabilityBin(
                (double)bin.Key / Calibration.Bins, (bin.Key + 1.0) / Calibration.Bins, cases.Length, cases.Average(Confidence),
                ProportionInterval.Of(share, cases.Length, z, options.Level)));
        }
        return bins;
    }

    /// <summary>Whether a case is predicted correctly, as 1 or 0.</summary>
    private double Hit(int i) => answers.PredictedOf(i) == answers.LabelOf(i) ? 1 : 0;

    private double Confidence(int i) => answers.ProbabilitiesOf(i)[answers.PredictedOf(i)];

    private int BinOf(int i) => Calibration.BinOf(Confidence(i));

    private double Z(Func<int, double> influences) => _widening.Limit(_z, influences);

    /// <summary>The interval of a share of the cases that have something to do with a class.</summary>
    private ConfidenceInterval Of(int c, string figure)
    {
        (double right, double cases) = Counts(c, figure);
        double share = cases == 0 ? 0 : right / cases; // 0 as in ClassScore
        return ProportionInterval.Of(share, cases, Z(i => Influence(i, c, share, figure)), options.Level);
    }

    /// <summary>The number of correct cases and of all cases of a share; the share of F1 is TP/(TP + FP + FN).</summary>
    private (double Right, double Cases) Counts(int c, string figure)
    {
        ClassScore score = _evaluation.PerClass[c];
        double right = Math.Round(score.Recall * score.Cases);
        return (right, figure switch
        {
            "recall" => score.Cases,
            "precision" => score.Predicted,
            _ => score.Cases + score.Predicted - right,
        });
    }

    private double Influence(int i, int c, double share, string figure)
    {
        bool isOfClass = answers.LabelOf(i) == c, isPredicted = answers.PredictedOf(i) == c;
        bool counts = figure switch
        {
            "recall" => isOfClass,
            "precision" => isPredicted,
            _ => isOfClass || isPredicted,
        };
        return counts ? (isOfClass && isPredicted ? 1 : 0) - share : double.NaN;
    }

    private ConfidenceInterval BalancedAccuracy()
    {
        (double Right, double Cases)[] recalls = CountsOf("recall");
        double z = Z(i => (Hit(i) - ShareOf(recalls[answers.LabelOf(i)])) / recalls[answers.LabelOf(i)].Cases);
        return ProportionInterval.OfMean(_evaluation.BalancedAccuracy, recalls, null, null, z, options.Level);
    }

    private ConfidenceInterval MacroF1()
    {
        (double Right, double Cases)[] shares = CountsOf("f1");
        ErrorPairs pairs = new(_evaluation.Confusion);
        double z = Z(i =>
        {
            int label = answers.LabelOf(i), predicted = answers.PredictedOf(i);
            return label == predicted
                ? Weight(label) * (1 - ShareOf(shares[label]))
                : (-Weight(label) * ShareOf(shares[label])) - (Weight(predicted) * ShareOf(shares[predicted]));
        });
        return ProportionInterval.OfMean(
            _evaluation.MacroF1, shares, ProportionInterval.F1AndSlope,
            (i, j) => pairs.Correlation(i, j, ShareOf(shares[i]), ShareOf(shares[j])), z, options.Level);

        double Weight(int c) => ProportionInterval.F1AndSlope(ShareOf(shares[c])).Slope / shares[c].Cases;
    }

    private (double Right, double Cases)[] CountsOf(string figure) =>
        [.. Enumerable.Range(0, answers.Classes.Count).Select(c => Counts(c, figure))];

    private static double ShareOf((double Right, double Cases) counts) => counts.Right / counts.Cases;

    /// <summary>The area under the ROC curve, and the average precision.</summary>
    private IEnumerable<FigureInterval> Areas(int c)
    {
        ClassScore score = _evaluation.PerClass[c];
        string name = answers.Classes[c];
        if ((long)answers.Cases * answers.Classes.Count > MostPlacements)
        {
            double limit = Z(i => Influence(i, c, score.Recall, "recall"));
            yield return new FigureInterval(
                "rocAuc", name, AreaInterval.Of(score.RocAuc, score.Cases, answers.Cases - score.Cases, limit, options.Level));
            yield return new FigureInterval(
                "averagePrecision", name, ProportionInterval.Of(score.AveragePrecision, score.Cases, limit, options.Level));
            yield break;
        }
        float[] scores = [.. Enumerable.Range(0, answers.Cases).Select(i => answers.ProbabilitiesOf(i)[c])];
        bool[] applies = [.. Enumerable.Range(0, answers.Cases).Select(i => answers.LabelOf(i) == c)];
        var placements = new Placements(scores, applies);
        var precisions = new PrecisionInfluences(scores, applies);
        yield return new FigureInterval("rocAuc", name, placements.Interval(score.RocAuc, Z(placements.Influence), options.Level));
        yield return new FigureInterval(
            "averagePrecision", name, precisions.Interval(score.AveragePrecision, Z(precisions.Influence), options.Level));
    }

    /// <summary>
    /// The bootstrap-t interval, whose upper limit is at least the estimate plus z standard errors as the probabilities themselves give
    /// them: the sample of a nearly perfect classifier may lack the rare large losses.
    /// </summary>
    private ConfidenceInterval LogLoss()
    {
        double[] losses = new double[count], cases = new double[count];
        double variance = 0;
        for (int i = 0; i < answers.Cases; i++)
        {
            ReadOnlySpan<float> row = answers.ProbabilitiesOf(i);
            losses[units[i]] += CaseLoss.OfClass(row[answers.LabelOf(i)]);
            cases[units[i]]++;
            double mean = 0, squares = 0;
            foreach (float p in row)
            {
                double loss = CaseLoss.OfClass(p);
                (mean, squares) = (mean + (p * loss), squares + (p * loss * loss));
            }
            variance += Math.Max(0, squares - (mean * mean));
        }
        double z = Z(i => CaseLoss.OfClass(answers.ProbabilitiesOf(i)[answers.LabelOf(i)]) - _evaluation.LogLoss);
        ConfidenceInterval interval = new RatioBootstrap(losses, cases, options).Positive(loss => loss);
        return interval with
        {
            Estimate = _evaluation.LogLoss,
            Upper = Math.Max(interval.Upper, _evaluation.LogLoss + (z * Math.Sqrt(variance) / answers.Cases)),
        };
    }

    private ConfidenceInterval CalibrationError()
    {
        var ofBins = new SortedDictionary<int, (int Cases, int Right, double Sum)>();
        for (int i = 0; i < answers.Cases; i++)
        {
            (int cases, int right, double sum) = ofBins.GetValueOrDefault(BinOf(i));
            ofBins[BinOf(i)] = (cases + 1, right + (int)Hit(i), sum + Confidence(i));
        }
        return _widening.IsNeeded && count < RatioBootstrap.LeastUnits
            ? ConfidenceInterval.Unknown(_evaluation.CalibrationError, options.Level)
            : CalibrationInterval.Of(
                _evaluation.CalibrationError, [.. ofBins.Values], _widening.IsNeeded ? NoiseOf([.. ofBins.Keys]) : null, options);
    }

    /// <summary>Returns errors of the gaps of all bins, from resampled groups.</summary>
    private double[][] NoiseOf(int[] bins)
    {
        double[][] residuals = [.. Enumerable.Range(0, count).Select(_ => new double[bins.Length])], cases =
            [.. Enumerable.Range(0, count).Select(_ => new double[bins.Length])];
        for (int i = 0; i < answers.Cases; i++)
        {
            int m = Array.IndexOf(bins, BinOf(i));
            residuals[units[i]][m] += Hit(i) - Confidence(i);
            cases[units[i]][m]++;
        }
        double[] all = [.. bins.Select((_, m) => cases.Sum(row => row[m]))];
        double[] gaps = [.. bins.Select((_, m) => residuals.Sum(row => row[m]) / all[m])];
        double factor = Math.Sqrt((double)count / (count - 1)) * NormalDistribution.StudentFactor(_z, count - 1);
        var random = new SeededRandom(options.Seed);
        double[][] noise = new double[Math.Clamp((int)(30_000_000L / (count * bins.Length)), 200, options.Resamples)][];
        for (int r = 0; r < noise.Length; r++)
        {
            noise[r] = new double[bins.Length];
            for (int draw = 0; draw < count; draw++)
            {
                int unit = random.NextInt32(count);
                for (int m = 0; m < bins.Length; m++)
                    noise[r][m] += factor * (residuals[unit][m] - (gaps[m] * cases[unit][m])) / all[m];
            }
        }
        return noise;
    }

    private ConfidenceInterval SequenceAccuracy()
    {
        var isRight = new Dictionary<int, (bool All, int Unit)>();
        for (int i = 0; i < answers.Cases; i++)
            isRight[answers.SequenceOf(i)] = ((!isRight.TryGetValue(answers.SequenceOf(i), out (bool All, int) so) || so.All)
                && Hit(i) == 1, units[i]);
        (bool All, int Unit)[] all = [.. isRight.Values];
        double share = all.Count(one => one.All) / (double)all.Length;
        double z = new Widening([.. all.Select(one => one.Unit)], count).Limit(_z, i => (all[i].All ? 1 : 0) - share);
        return ProportionInterval.Of(share, all.Length, z, options.Level);
    }
}
