namespace Elman.Training;

/// <summary>
/// Chooses which models to average, by greedy forward selection with replacement (R. Caruana and others, "Ensemble selection from libraries of models", 2004):
/// the ensemble begins empty, and in every round the model joins with which the mean loss of the average, out of sample, is lowest.
/// </summary>
/// <remarks>By the log loss of probabilities rather than the share of right answers: it tells apart models that are right equally often, and needs far fewer cases.</remarks>
internal static class EnsembleSelection
{
    /// <summary>Rounds by default, and so the greatest number of models and the unit of their weights.</summary>
    public const int Rounds = 8;

    /// <summary>Chooses.</summary>
    /// <param name="answers">What each model says of each case out of sample, <c>[models][cases][outputs]</c>.</param>
    /// <param name="loss">The loss of a case: its index, and the averaged answer.</param>
    /// <param name="rounds">How many rounds.</param>
    /// <returns>How often each model was chosen, and the loss of the average.</returns>
    public static (int[] Counts, double Loss) Choose(IReadOnlyList<double[][]> answers, Func<int, ReadOnlySpan<double>, double> loss, int rounds = Rounds)
    {
        int cases = answers[0].Length, outputs = cases == 0 ? 0 : answers[0][0].Length;
        double[][] total = [.. Enumerable.Range(0, cases).Select(_ => new double[outputs])];
        double[] average = new double[outputs];
        int[] counts = new int[answers.Count];
        double reached = double.PositiveInfinity;
        for (int round = 1; round <= rounds; round++)
        {
            double[] losses = [.. answers.Select(model => LossWith(model, round))];
            int best = Array.IndexOf(losses, losses.Min()); // of equals, the first
            counts[best]++;
            reached = losses[best];
            for (int i = 0; i < cases; i++)
                for (int o = 0; o < outputs; o++)
                    total[i][o] += answers[best][i][o];
        }
        return (counts, reached);

        double LossWith(double[][] model, int round)
        {
            double sum = 0;
            for (int i = 0; i < cases; i++)
            {
                for (int o = 0; o < outputs; o++)
                    average[o] = (total[i][o] + model[i][o]) / round;
                sum += loss(i, average);
            }
            return sum / cases;
        }
    }
}
