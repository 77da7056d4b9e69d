namespace Elman.Training;

/// <summary>Makes the probabilities of a trained model honest: finds the temperature of its scores by cases that it has not learned from.</summary>
/// <remarks>It changes no answer, only how sure it is. Networks trained by gradients are mostly too sure (C. Guo and others, 2017).</remarks>
internal static class TemperatureScale
{
    /// <summary>The temperature with the least log loss; 1 where answers are numbers or no case is known.</summary>
    /// <param name="task">What was learned.</param>
    /// <param name="scores">The model's outputs for each case.</param>
    /// <param name="truth">What each is in truth: of a class 1 or 0; NaN where it is not known.</param>
    public static double Fit(SequenceTask task, double[][] scores, double[][] truth)
    {
        if (!task.HasClasses)
            return 1;
        int[] known = [.. Enumerable.Range(0, truth.Length).Where(i => truth[i].All(double.IsFinite))];
        if (known.Length == 0)
            return 1;
        double[][] s = [.. known.Select(i => scores[i])], t = [.. known.Select(i => truth[i])];
        double scale = task == SequenceTask.ClassifyMany
            ? ScoreScale.OfSigmoid([.. s.SelectMany(row => row)], [.. t.SelectMany(row => row)])
            : ScoreScale.OfSoftmax(s, t, [.. s.Select(_ => 1.0)]);
        return 1 / scale;
    }
}
