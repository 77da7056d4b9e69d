namespace Elman.Training.Ridge;

/// <summary>The solution of least squares for outputs that are known in the same rows.</summary>
/// <param name="outputs">The indices of the model's outputs.</param>
/// <param name="features">The number of features of a row.</param>
internal sealed class RidgeSolution(int[] outputs, int features)
{
    /// <summary>The indices of the model's outputs.</summary>
    public int[] Outputs => outputs;

    /// <summary>The weights of each output, <c>[O][p]</c>.</summary>
    public double[][] Weights { get; } = [.. outputs.Select(_ => new double[features])];

    /// <summary>The bias of each output.</summary>
    public double[] Biases { get; } = new double[outputs.Length];

    /// <summary>The penalty: λ of <see cref="FixedPenalty"/>, or π of <see cref="ChosenPenalty"/>; NaN if no row was known.</summary>
    public double Penalty { get; set; } = double.NaN;

    /// <summary>
    /// Leave-one-out predictions: of all cases if their rows are stored, otherwise of a sample of at most <see cref="RowSample.Capacity"/>.
    /// Cases that alone determine their own prediction (a leverage above 1 − 10⁻⁶) are left out, since their leave-one-out prediction is
    /// unknown.
    /// </summary>
    public LeftOutCase[] LeftOut { get; set; } = [];

    /// <summary>
    /// The tried penalties in ascending order, and their mean squared error over (weighted) held-out cases and outputs; for a fixed penalty
    /// that one only.
    /// </summary>
    public IReadOnlyList<(double Penalty, double Error)> Curve { get; set; } = [];

    /// <summary>Computes an output for a row.</summary>
    public double Predict(int output, ReadOnlySpan<float> row)
    {
        double sum = Biases[output];
        for (int i = 0; i < row.Length; i++)
            sum = Math.FusedMultiplyAdd(row[i], Weights[output][i], sum);
        return sum;
    }
}
