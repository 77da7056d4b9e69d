
namespace Elman.Tests.Evaluations;

/// <summary>Simulated predictions whose true figures are known from a very large sample of the same process.</summary>
/// <param name="Classes">The number of classes.</param>
/// <param name="Signal">How much the score of the true class exceeds the others, in standard deviations.</param>
/// <param name="Sharpness">The factor of the scores before softmax; equal to <paramref name="Signal"/>, they are calibrated.</param>
/// <param name="Groups">The number of groups of the sample; 0 if cases are independent.</param>
/// <param name="GroupSpread">The standard deviation of the signal between groups.</param>
public sealed record SimulatedCases(int Classes, double Signal, double Sharpness, int Groups = 0, double GroupSpread = 0)
{
    /// <summary>Draws a sample of class predictions.</summary>
    public ClassAnswers Draw(int cases, int groups, SeededRandom random)
    {
        double[] signals = [.. Enumerable.Range(0, groups).Select(_ => Signal + (GroupSpread * random.NextNormal()))];
        var sequences = new Sequence[cases];
        float[][] rows = new float[cases][];
        for (int i = 0; i < cases; i++)
        {
            int label = random.NextInt32(Classes), group = groups == 0 ? 0 : (int)((long)i * groups / cases);
            sequences[i] = new Sequence(new float[] { 0 }, 1, label) { Group = groups == 0 ? null : $"g{group}" };
            rows[i] = Softmax(label, groups == 0 ? Signal : signals[group], random);
        }
        string[] names = [.. Enumerable.Range(0, Classes).Select(c => $"c{c}")];
        return ClassAnswers.OfSequences(names, new SequenceDataset(1, names, sequences), rows);
    }

    /// <summary>The true figures: those of a very large sample.</summary>
    public Dictionary<string, double> Truth(SeededRandom random)
    {
        const int Many = 100_000;
        ClassAnswers answers = Draw(Many, Groups == 0 ? 0 : Many / 20, random);
        Evaluation evaluation = answers.Evaluation;
        return new()
        {
            ["accuracy"] = evaluation.Accuracy,
            ["balancedAccuracy"] = evaluation.BalancedAccuracy,
            ["macroF1"] = evaluation.MacroF1,
            ["logLoss"] = evaluation.LogLoss,
            ["calibrationError"] = evaluation.CalibrationError,
            ["recall"] = evaluation.PerClass[0].Recall,
            ["precision"] = evaluation.PerClass[0].Precision,
            ["f1"] = evaluation.PerClass[0].F1,
            ["rocAuc"] = evaluation.PerClass[0].RocAuc,
            ["averagePrecision"] = evaluation.PerClass[0].AveragePrecision,
        };
    }

    /// <summary>The share of samples whose interval contains the true value, for each figure.</summary>
    public Dictionary<string, double> Coverage(int cases, int samples, int seed)
    {
        Dictionary<string, double> truth = Truth(new SeededRandom(seed));
        var hits = truth.Keys.ToDictionary(name => name, _ => 0);
        Parallel.For(0, samples, new ParallelOptions { MaxDegreeOfParallelism = 2 }, sample =>
        {
            ClassAnswers answers = Draw(cases, Groups, new SeededRandom(seed + 1000 + sample));
            foreach (FigureInterval figure in answers.Intervals(new IntervalOptions { Resamples = 500 }))
            {
                if (figure.Of is not (null or "c0") || !truth.TryGetValue(figure.Figure, out double value))
                    continue;
                lock (hits)
                    hits[figure.Figure] += figure.Interval.Lower <= value && value <= figure.Interval.Upper ? 1 : 0;
            }
        });
        return hits.ToDictionary(hit => hit.Key, hit => (double)hit.Value / samples);
    }

    private float[] Softmax(int label, double signal, SeededRandom random)
    {
        double[] scores = new double[Classes];
        for (int c = 0; c < Classes; c++)
            scores[c] = Math.Exp(Sharpness * (random.NextNormal() + (c == label ? signal : 0)));
        double sum = scores.Sum();
        return [.. scores.Select(score => (float)(score / sum))];
    }
}
