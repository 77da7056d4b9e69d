namespace Elman.Training;

/// <summary>The scale of every output of a classifier, by what each case of a sample would have been given if it had not been learned from.</summary>
/// <remarks>
/// By what was learned from them, the cases would look better than others ever will, the more so the fewer there are for each feature, and the
/// probabilities would be too sure. Of least squares the answers without a case follow from those with it: <see cref="RidgeSolution.Leverages"/>.
/// </remarks>
internal static class ReadoutScale
{
    /// <summary>A row with more leverage says nothing about others: without it, hardly anything is known there.</summary>
    private const double MostLeverage = 1 - 1e-6;

    /// <summary>One scale for all scores, where each case has one class.</summary>
    public static double[] OfOneClass(RidgeSolution solution, SampledRow[] sample)
    {
        (SampledRow Row, double[] Scores)[] cases = [.. Cases(solution, sample)];
        double scale = ScoreScale.OfSoftmax([.. cases.Select(c => c.Scores)], [.. cases.Select(c => c.Row.Truth)], [.. cases.Select(c => c.Row.Weight)]);
        return [.. solution.Outputs.Select(_ => scale)];
    }

    /// <summary>A scale for each class, where they may apply side by side: by its distance from one half.</summary>
    public static double[] OfManyClasses(RidgeSolution[] solutions, SampledRow[] sample)
    {
        double[] scales = new double[solutions.Sum(solution => solution.Outputs.Length)];
        foreach (RidgeSolution solution in solutions)
        {
            // Outputs of one solution are known in the same rows.
            (SampledRow Row, double[] Scores)[] cases = [.. Cases(solution, [.. sample.Where(row => !double.IsNaN(row.Truth[solution.Outputs[0]]))])];
            for (int o = 0; o < solution.Outputs.Length; o++)
                scales[solution.Outputs[o]] = ScoreScale.OfSigmoid([.. cases.Select(c => c.Scores[o] - 0.5)], [.. cases.Select(c => c.Row.Truth[solution.Outputs[o]])]);
        }
        return scales;
    }

    /// <summary>What each row would have been given without itself.</summary>
    private static IEnumerable<(SampledRow Row, double[] Scores)> Cases(RidgeSolution solution, SampledRow[] sample)
    {
        double[] leverages = solution.Leverages(sample);
        for (int i = 0; i < sample.Length; i++)
        {
            SampledRow row = sample[i];
            double h = leverages[i];
            if (h <= MostLeverage)
                yield return (row, [.. solution.Outputs.Select((output, o) => (solution.Predict(o, row.Features) - (h * row.Truth[output])) / (1 - h))]);
        }
    }
}
