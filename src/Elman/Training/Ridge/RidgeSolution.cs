namespace Elman.Training.Ridge;

/// <summary>The solution of least squares for outputs that are known in the same rows.</summary>
/// <param name="outputs">Which of the model's outputs.</param>
/// <param name="features">Features of a row.</param>
internal sealed class RidgeSolution(int[] outputs, int features)
{
    /// <summary>Which of the model's outputs.</summary>
    public int[] Outputs => outputs;

    /// <summary>The weights of each output, <c>[O][p]</c>.</summary>
    public double[][] Weights { get; } = [.. outputs.Select(_ => new double[features])];

    /// <summary>The bias of each output.</summary>
    public double[] Biases { get; } = new double[outputs.Length];

    /// <summary>The penalty: λ of <see cref="FixedPenalty"/>, or π of <see cref="ChosenPenalty"/>; NaN where no row was known.</summary>
    public double Penalty { get; set; } = double.NaN;

    /// <summary>
    /// What cases would have been given without themselves: all cases while their rows are kept, else a sample of at most
    /// <see cref="RowSample.Capacity"/>. Cases that alone decide what they are given (a leverage above 1 − 10⁻⁶) are not among them,
    /// since nothing else is known there.
    /// </summary>
    public LeftOutCase[] LeftOut { get; set; } = [];

    /// <summary>
    /// The penalties that were tried, from the smallest on, and the mean squared error over held-out cases (weighted) and outputs;
    /// of a fixed penalty that one alone.
    /// </summary>
    public IReadOnlyList<(double Penalty, double Error)> Curve { get; set; } = [];

    /// <summary>The value of an output for a row.</summary>
    public double Predict(int output, ReadOnlySpan<float> row)
    {
        double sum = Biases[output];
        for (int i = 0; i < row.Length; i++)
            sum = Math.FusedMultiplyAdd(row[i], Weights[output][i], sum);
        return sum;
    }
}
