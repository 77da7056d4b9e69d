namespace Elman.Auto;

/// <summary>
/// Chooses which models to average, by greedy forward selection with replacement (R. Caruana and others, "Ensemble selection from libraries
/// of models", 2004): the ensemble begins empty, and in every round the model joins with which the mean loss of the average, out of sample,
/// is lowest. That is done for several samples of the cases, drawn with replacement, and the choices are added up: a choice by few cases is
/// then not decided by some of them.
/// </summary>
/// <remarks>
/// By the log loss of probabilities rather than the share of right answers: it tells apart models that are right equally often,
/// and needs far fewer cases.
/// </remarks>
internal static class EnsembleSelection
{
    /// <summary>Rounds of a selection: the largest number of models in it.</summary>
    public const int Rounds = 8;

    /// <summary>Samples of the cases.</summary>
    public const int Samples = 10;

    /// <summary>A model with a smaller part of the average is left out: it would cost time at every answer and change little.</summary>
    private const double LeastPart = 0.05;

    /// <summary>Chooses.</summary>
    /// <param name="answers">The held-out predictions of each model, <c>[models][cases][outputs]</c>.</param>
    /// <param name="loss">The loss of a case: its index, and the averaged answer.</param>
    /// <param name="random">Draws the samples.</param>
    /// <returns>How often each model was chosen.</returns>
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

    /// <summary>Chooses by some cases.</summary>
    /// <param name="answers">The held-out predictions of each model, <c>[models][cases][outputs]</c>.</param>
    /// <param name="loss">The loss of a case: its index, and the averaged answer.</param>
    /// <param name="sample">The cases; one may be there more than once.</param>
    /// <param name="rounds">The number of rounds.</param>
    /// <returns>How often each model was chosen.</returns>
    public static int[] Choose(IReadOnlyList<double[][]> answers, Func<int, ReadOnlySpan<double>, double> loss, int[] sample, int rounds)
    {
        int outputs = sample.Length == 0 ? 0 : answers[0][sample[0]].Length;
        double[][] total = [.. sample.Select(_ => new double[outputs])];
        double[] average = new double[outputs];
        int[] counts = new int[answers.Count];
        for (int round = 1; round <= rounds; round++)
        {
            double[] losses = [.. answers.Select(model => LossWith(model, round))];
            int best = Array.IndexOf(losses, losses.Min()); // of equals, the first
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
