using System.Runtime.InteropServices;

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
                    .Select(n => ((double)target[n].Span[i], (double)answers[n][i], 0))))], target.Count);
}

/// <summary>The errors of predicted numbers.</summary>
/// <param name="Name">The name of the target, channel or step ahead.</param>
/// <param name="Cases">The number of predictions.</param>
/// <param name="Rmse">The root of the mean squared error.</param>
/// <param name="Mae">The mean absolute error.</param>
/// <param name="R2">The coefficient of determination: 1 − the squared errors divided by those of the mean of the targets. 1 is perfect, 0
/// no better than the mean; NaN if the targets do not vary. Over several channels it is their mean, weighted by their numbers of
/// predictions, without those that do not vary.</param>
public sealed record NumberScore(string Name, int Cases, double Rmse, double Mae, double R2)
{
    /// <summary>Evaluates predictions.</summary>
    /// <param name="name">The name.</param>
    /// <param name="pairs">The true and predicted numbers, and of which output they are.</param>
    internal static NumberScore From(string name, IEnumerable<(double Target, double Answer, int Output)> pairs)
    {
        var outputs = new Dictionary<int, Sums>();
        double error = 0, absolute = 0;
        int count = 0;
        foreach ((double target, double answer, int output) in pairs)
        {
            ref Sums sums = ref CollectionsMarshal.GetValueRefOrAddDefault(outputs, output, out _);
            double square = (answer - target) * (answer - target), fromOldMean = target - sums.Mean;
            sums.Mean += fromOldMean / ++sums.Count;
            sums.Spread += fromOldMean * (target - sums.Mean);
            sums.Error += square;
            error += square;
            absolute += Math.Abs(answer - target);
            count++;
        }
        Sums[] varying = [.. outputs.Values.Where(sums => sums.Spread > 0)];
        double rest = varying.Sum(sums => sums.Count * (sums.Error / sums.Spread)) / varying.Sum(sums => sums.Count);
        return new NumberScore(name, count, Math.Sqrt(error / count), absolute / count, 1 - rest);
    }

    /// <summary>Sums over the numbers of an output.</summary>
    private struct Sums
    {
        public double Mean, Spread, Error;
        public int Count;
    }
}
