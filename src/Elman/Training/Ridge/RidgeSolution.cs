namespace Elman.Training;

/// <summary>The solution of least squares for outputs that are known in the same rows.</summary>
/// <param name="outputs">Which of the model's outputs.</param>
/// <param name="count">The sum of what the rows count, n.</param>
/// <param name="means">The means of the features, <c>[W]</c>.</param>
/// <param name="factor">The factor of their covariance with its penalty, <c>[W, W]</c>.</param>
internal sealed class RidgeSolution(int[] outputs, double count, double[] means, double[] factor)
{
    /// <summary>Which of the model's outputs.</summary>
    public int[] Outputs => outputs;

    /// <summary>The weights of each output, <c>[O][W]</c>.</summary>
    public double[][] Weights { get; } = [.. outputs.Select(_ => new double[means.Length])];

    /// <summary>The bias of each output.</summary>
    public double[] Biases { get; } = new double[outputs.Length];

    /// <summary>What an output is for a row.</summary>
    public double Predict(int output, ReadOnlySpan<float> features)
    {
        double sum = Biases[output];
        for (int i = 0; i < features.Length; i++)
            sum = Math.FusedMultiplyAdd(features[i], Weights[output][i], sum);
        return sum;
    }

    /// <summary>
    /// How much of its own truth each row's prediction holds, h, from 0 to 1: without the row it would have been <c>(ŷ − h·y)/(1 − h)</c>.
    /// </summary>
    /// <param name="rows">Some of the rows that were summed.</param>
    public double[] Leverages(SampledRow[] rows)
    {
        const int Together = 32; // few enough that they stay in cache while the factor passes
        int width = means.Length;
        double[] leverages = new double[rows.Length], distances = new double[Math.Min(Together, rows.Length) * width];
        for (int first = 0; first < rows.Length; first += Together)
        {
            Span<double> some = distances.AsSpan(0, Math.Min(Together, rows.Length - first) * width);
            for (int i = 0; i < some.Length; i++)
                some[i] = rows[first + (i / width)].Features[i % width] - means[i % width];
            Cholesky.SolveTransposed(factor, width, some);
            for (int i = 0; i < some.Length; i += width)
            {
                double squares = 1;
                foreach (double z in some.Slice(i, width))
                    squares = Math.FusedMultiplyAdd(z, z, squares);
                leverages[first + (i / width)] = rows[first + (i / width)].Weight * squares / count;
            }
        }
        return leverages;
    }
}
