namespace Elman.Auto;

/// <summary>
/// Chooses the models to average, by greedy forward selection with replacement (R. Caruana and others, "Ensemble selection from libraries
/// of models", 2004): the ensemble starts empty, and every round adds the model that gives the lowest mean held-out loss of the average.
/// This is repeated for several samples of the cases, drawn with replacement, and the counts are added up, so that single cases do not
/// decide a choice that is based on few of them.
/// </summary>
/// <remarks>
/// It uses the log loss of probabilities instead of accuracy: the log loss distinguishes models of equal accuracy, and needs far fewer
/// cases.
/// </remarks>
internal static class EnsembleSelection
{
    /// <summary>The number of rounds of a selection: the maximum number of models in it.</summary>
    public const int Rounds = 8;

    /// <summary>The number of samples of the cases.</summary>
    public const int Samples = 10;

    /// <summary>The minimum weight in the average. A model with less is left out: it would take time in every prediction and change
    /// little.</summary>
    private const double LeastPart = 0.05;

    /// <summary>Chooses the models.</summary>
    /// <param name="answers">The held-out predictions of each model, <c>[models][cases][outputs]</c>.</param>
    /// <param name="loss">The loss of a case, from its index and the averaged prediction.</param>
    /// <param name="random">The random numbers for the samples.</param>
    /// <returns>The number of times that each model was chosen.</returns>
    public static int[] Choose(IReadOnlyList<double[][]> answers, Func<int, ReadOnlySpan<double>, double> loss, SeededRandom random)
    {
        int cases = answers[0].Length;
        int[] counts = new int[answers.Count], sample = new int[cases];
        for (int s = 0; s < Samples; s++)
        {
            for (int i = 0; i < cases; i++)
                sample[i] = random.NextInt32(cases);
            int[] chosen = Choose(answers, loss, sample, Rounds);
            for (int m = 0; m < counts.Length; m++)
                counts[m] += chosen[m];
        }
        return [.. counts.Select(count => count < LeastPart * Samples * Rounds ? 0 : count)];
    }

    /// <summary>Chooses the models on some of the cases.</summary>
    /// <param name="answers">The held-out predictions of each model, <c>[models][cases][outputs]</c>.</param>
    /// <param name="loss">The loss of a case, from its index and the averaged prediction.</param>
    /// <param name="sample">The indices of the cases; an index may occur more than once.</param>
    /// <param name="rounds">The number of rounds.</param>
    /// <returns>The number of times that each model was chosen.</returns>
    public static int[] Choose(IReadOnlyList<double[][]> answers, Func<int, ReadOnlySpan<double>, double> loss, int[] sample, int rounds)
    {
        int outputs = sample.Length == 0 ? 0 : answers[0][sample[0]].Length;
        double[][] total = [.. sample.Select(_ => new double[outputs])];
        double[] average = new double[outputs];
        int[] counts = new int[answers.Count];
        for (int round = 1; round <= rounds; round++)
        {
            double[] losses = [.. answers.Select(model => LossWith(model, round))];
            int best = Array.IndexOf(losses, losses.Min()); // the first of equal ones
            counts[best]++;
            for (int i = 0; i < sample.Length; i++)
                for (int o = 0; o < outputs; o++)
                    total[i][o] += answers[best][sample[i]][o];
        }
        return counts;

        double LossWith(double[][] model, int round)
        {
            double sum = 0;
            for (int i = 0; i < sample.Length; i++)
            {
                for (int o = 0; o < outputs; o++)
                    average[o] = (total[i][o] + model[sample[i]][o]) / round;
                sum += loss(sample[i], average);
            }
            return sum;
        }
    }
}
