namespace Elman.Training.Ridge;

/// <summary>
/// Leave-one-out predictions of cases, computed from the residuals of the full fit: <c>y − (y − ŷ)/(1 − h)</c>, with h the leverage.
/// </summary>
/// <param name="outputs">The indices of the model's outputs.</param>
/// <param name="cases">The cases.</param>
internal sealed class LeaveOneOut(int[] outputs, RidgeCase[] cases)
{
    /// <summary>The minimum of 1 − h: below it, a case determines its own prediction, and its leave-one-out prediction is
    /// unknown.</summary>
    private const double LeastSlack = 1e-6;

    private readonly double[] _slack = new double[cases.Length];
    private readonly double[][] _scores = [.. cases.Select(_ => new double[outputs.Length])];

    /// <summary>Sets the prediction of one output for a case.</summary>
    /// <param name="index">The case.</param>
    /// <param name="slack">1 − h.</param>
    /// <param name="output">The index of the output in this solution.</param>
    /// <param name="residual">y − ŷ.</param>
    public void Set(int index, double slack, int output, double residual)
    {
        _slack[index] = slack;
        _scores[index][output] = cases[index].Target[outputs[output]] - (residual / Math.Max(slack, LeastSlack));
    }

    /// <summary>The mean squared error over weighted cases and outputs.</summary>
    public double Error()
    {
        double sum = 0, count = 0;
        for (int i = 0; i < cases.Length; i++)
        {
            count += cases[i].Weight;
            for (int o = 0; o < outputs.Length; o++)
            {
                double error = _scores[i][o] - cases[i].Target[outputs[o]];
                sum += cases[i].Weight * error * error;
            }
        }
        return sum / (count * outputs.Length);
    }

    /// <summary>Returns the cases whose leave-one-out prediction is known.</summary>
    public LeftOutCase[] Known() =>
        [.. Enumerable.Range(0, cases.Length).Where(i => _slack[i] >= LeastSlack).Select(i => new LeftOutCase(cases[i], _scores[i]))];
}
