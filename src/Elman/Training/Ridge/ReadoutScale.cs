namespace Elman.Training.Ridge;

/// <summary>The scale of every output of a classifier, from leave-one-out predictions.</summary>
/// <remarks>
/// The predictions on the training data are better than those on new data, the more so the fewer cases there are per feature. A scale
/// fitted to them would make the probabilities overconfident.
/// </remarks>
internal static class ReadoutScale
{
    /// <summary>One scale for all scores, if each case has one class.</summary>
    public static double[] OfOneClass(RidgeSolution solution)
    {
        LeftOutCase[] cases = solution.LeftOut;
        double scale = ScoreScale.OfSoftmax(
            [.. cases.Select(c => c.Scores)], [.. cases.Select(c => c.Case.Target)], [.. cases.Select(c => c.Case.Weight)]);
        return [.. solution.Outputs.Select(_ => scale)];
    }

    /// <summary>A scale for each class in multi-label classification: fitted to the distance of its score from one half.</summary>
    public static double[] OfManyClasses(RidgeSolution[] solutions)
    {
        double[] scales = new double[solutions.Sum(solution => solution.Outputs.Length)];
        foreach (RidgeSolution solution in solutions)
            for (int o = 0; o < solution.Outputs.Length; o++)
                scales[solution.Outputs[o]] = ScoreScale.OfSigmoid(
                    [.. solution.LeftOut.Select(c => c.Scores[o] - 0.5)],
                    [.. solution.LeftOut.Select(c => c.Case.Target[solution.Outputs[o]])]);
        return scales;
    }
}
