using System.Runtime.InteropServices;

namespace Elman;

/// <summary>The scores of a regressor on data with known targets, in the units of the targets.</summary>
/// <param name="PerTarget">The scores of each target.</param>
/// <param name="Cases">The number of sequences.</param>
public sealed record NumberEvaluation(IReadOnlyList<NumberScore> PerTarget, int Cases)
{
    /// <summary>The errors of all targets together; of several targets in standard deviations of each.</summary>
    public NumberScore All { get; internal init; } = NumberScore.From("all", 1, []);

    /// <summary>Evaluates predictions.</summary>
    internal static NumberEvaluation From(
        IReadOnlyList<string> names, IReadOnlyList<ReadOnlyMemory<float>> target, float[][] answers)
    {
        return new([.. names.Select((name, i) => NumberScore.From(name, 1, Pairs(i)))], target.Count)
        {
            All = NumberScore.From("all", names.Count, Enumerable.Range(0, names.Count).SelectMany(Pairs)),
        };

        IEnumerable<(double, double, int)> Pairs(int i) => Enumerable.Range(0, target.Count)
            .Where(n => !float.IsNaN(target[n].Span[i])).Select(n => ((double)target[n].Span[i], (double)answers[n][i], i));
    }
}

/// <summary>The errors of predicted numbers.</summary>
/// <param name="Name">The name of the target, channel or step ahead.</param>
/// <param name="Cases">The number of predictions.</param>
/// <param name="Rmse">The root of the mean squared error.</param>
/// <param name="Mae">The mean absolute error.</param>
/// <param name="R2">The coefficient of determination: 1 − the squared errors divided by those of the mean of the targets. 1 is perfect, 0
/// no better than the mean; NaN if the targets do not vary. Over several channels it is their mean, weighted by their numbers of
/// predictions.</param>
/// <remarks>Over several targets or channels, whose units may differ, errors are divided by the standard deviation of the true values of
/// each (<see cref="IsScaled"/>), so that <c>Rmse² = 1 − R2</c>; those that do not vary are left out.</remarks>
public sealed record NumberScore(string Name, int Cases, double Rmse, double Mae, double R2)
{
    /// <summary>Whether it is over several targets or channels, so that errors are in standard deviations of each.</summary>
    public bool IsScaled { get; internal init; }

    /// <summary>The name of <see cref="Rmse"/>: <c>RMSE</c>, in standard deviations <c>NRMSE</c>.</summary>
    public string RmseName => IsScaled ? "NRMSE" : "RMSE";

    /// <summary>Evaluates predictions.</summary>
    /// <param name="name">The name.</param>
    /// <param name="outputs">The number of targets or channels.</param>
    /// <param name="pairs">The true and predicted numbers, and of which output they are.</param>
    internal static NumberScore From(string name, int outputs, IEnumerable<(double Target, double Answer, int Output)> pairs)
    {
        var ofOutputs = new Dictionary<int, Sums>();
        int count = 0;
        foreach ((double target, double answer, int output) in pairs)
        {
            ref Sums sums = ref CollectionsMarshal.GetValueRefOrAddDefault(ofOutputs, output, out _);
            double fromOldMean = target - sums.Mean;
            sums.Mean += fromOldMean / ++sums.Count;
            sums.Spread += fromOldMean * (target - sums.Mean);
            sums.Squares += (answer - target) * (answer - target);
            sums.Error += Math.Abs(answer - target);
            count++;
        }
        if (outputs == 1)
        {
            Sums one = ofOutputs.Values.SingleOrDefault();
            return new NumberScore(name, count, Math.Sqrt(one.Squares / count), one.Error / count,
                one.Spread > 0 ? 1 - (one.Squares / one.Spread) : double.NaN);
        }
        Sums[] varying = [.. ofOutputs.Values.Where(sums => sums.Spread > 0)];
        double cases = varying.Sum(sums => sums.Count), rest = varying.Sum(sums => sums.Count * (sums.Squares / sums.Spread)) / cases;
        double error = varying.Sum(sums => sums.Error / Math.Sqrt(sums.Spread / sums.Count)) / cases;
        return new NumberScore(name, count, Math.Sqrt(rest), error, 1 - rest) { IsScaled = true };
    }

    /// <summary>Sums over the numbers of an output.</summary>
    private struct Sums
    {
        public double Mean, Spread, Squares, Error;
        public int Count;
    }
}
