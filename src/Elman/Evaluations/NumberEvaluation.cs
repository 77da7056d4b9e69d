namespace Elman;

/// <summary>The scores of a regressor on data with known targets, in the units of the targets.</summary>
/// <param name="PerTarget">The scores of each target.</param>
/// <param name="Cases">The number of sequences.</param>
public sealed record NumberEvaluation(IReadOnlyList<NumberScore> PerTarget, int Cases)
{
    /// <summary>Evaluates predictions.</summary>
    internal static NumberEvaluation From(
        IReadOnlyList<string> names, IReadOnlyList<ReadOnlyMemory<float>> target, float[][] answers) => new(
            [.. names.Select((name, i) => NumberScore.From(name,
                Enumerable.Range(0, target.Count).Where(n => !float.IsNaN(target[n].Span[i]))
                    .Select(n => ((double)target[n].Span[i], (double)answers[n][i]))))], target.Count);
}

/// <summary>The errors of predicted numbers.</summary>
/// <param name="Name">The name of the target, channel or step ahead.</param>
/// <param name="Cases">The number of predictions.</param>
/// <param name="Rmse">The root of the mean squared error.</param>
/// <param name="Mae">The mean absolute error.</param>
/// <param name="R2">The coefficient of determination: 1 − the squared errors divided by those of the mean of the targets. 1 is perfect, 0
/// no better than the mean; NaN if the targets do not vary.</param>
public sealed record NumberScore(string Name, int Cases, double Rmse, double Mae, double R2)
{
    /// <summary>Evaluates predictions.</summary>
    internal static NumberScore From(string name, IEnumerable<(double Target, double Answer)> pairs)
    {
        double mean = 0, squares = 0, error = 0, absolute = 0;
        int count = 0;
        foreach ((double target, double answer) in pairs)
        {
            double fromOldMean = target - mean;
            mean += fromOldMean / ++count;
            squares += fromOldMean * (target - mean);
            error += (answer - target) * (answer - target);
            absolute += Math.Abs(answer - target);
        }
        return new NumberScore(name, count, Math.Sqrt(error / count), absolute / count, squares > 0 ? 1 - (error / squares) : double.NaN);
    }
}
