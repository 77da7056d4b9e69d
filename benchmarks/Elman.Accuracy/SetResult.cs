namespace Elman.Accuracy;

/// <summary>The results of the default options on a data set, for several seeds.</summary>
/// <param name="Data">The data set.</param>
/// <param name="Accuracy">The mean accuracy on the test part.</param>
/// <param name="LogLoss">The mean log loss on the test part.</param>
/// <param name="Seconds">The mean training time in seconds.</param>
/// <param name="Chosen">The models chosen with the first seed.</param>
/// <param name="Baselines">The results of the baselines.</param>
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

    /// <summary>Returns the 95 % confidence interval of the accuracy for this number of test cases (E. Wilson, 1927).</summary>
    public (double Low, double High) Interval()
    {
        const double z = 1.959964;
        double n = Data.Test.Count, middle = (Accuracy + (z * z / (2 * n))) / (1 + (z * z / n));
        double half = z / (1 + (z * z / n)) * Math.Sqrt((Accuracy * (1 - Accuracy) / n) + (z * z / (4 * n * n)));
        return (middle - half, middle + half);
    }
}
