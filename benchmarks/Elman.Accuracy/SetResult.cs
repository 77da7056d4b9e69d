namespace Elman.Accuracy;

/// <summary>What the defaults reach on a set, for several seeds.</summary>
/// <param name="Data">The set.</param>
/// <param name="Accuracy">The mean accuracy on the test part.</param>
/// <param name="LogLoss">The mean log loss on the test part.</param>
/// <param name="Seconds">The mean time of training.</param>
/// <param name="Chosen">What the first seed chose.</param>
/// <param name="Baselines">How simple methods do.</param>
internal sealed record SetResult(
    DataPair Data, double Accuracy, double LogLoss, double Seconds, string Chosen, IReadOnlyList<BaselineResult> Baselines)
{
    /// <summary>Trains and tests.</summary>
    public static SetResult Measure(DataPair data, int seeds)
    {
        var evaluations = new List<Evaluation>();
        double seconds = 0;
        string chosen = "";
        for (int seed = 1; seed <= seeds; seed++)
        {
            using var classifier = new SequenceClassifier(TrainingOptions.Auto with { Seed = seed });
            seconds += classifier.Fit(data.Train).Seconds!.Value / seeds;
            evaluations.Add(classifier.Evaluate(data.Test));
            if (seed == 1)
                chosen = string.Join(" + ", classifier.Leaderboard!.Entries.Where(entry => entry.Count > 0)
                    .OrderByDescending(entry => entry.Count).Select(entry => entry.Name));
        }
        return new SetResult(data, evaluations.Average(e => e.Accuracy), evaluations.Average(e => e.LogLoss), seconds, chosen,
            Baseline.Evaluate(data.Train, data.Test));
    }

    /// <summary>Where the accuracy lies with a probability of 95 %, as far as the number of test cases tells (E. Wilson, 1927).</summary>
    public (double Low, double High) Interval()
    {
        const double z = 1.959964;
        double n = Data.Test.Count, middle = (Accuracy + (z * z / (2 * n))) / (1 + (z * z / n));
        double half = z / (1 + (z * z / n)) * Math.Sqrt((Accuracy * (1 - Accuracy) / n) + (z * z / (4 * n * n)));
        return (middle - half, middle + half);
    }
}
