namespace Elman.Benchmarks.TrainingSteps;

/// <summary>Inputs, labels and first weights of a shape: the same numbers for every rival.</summary>
internal sealed class TrainingProblem
{
    /// <summary>
    /// η. So small that thousands of steps on one batch leave the weights nearly as they were, and the last step measured does
    /// the same work on the same kind of numbers as the first.
    /// </summary>
    public const double LearningRate = 1e-5;

    /// <summary>Draws a problem. Weights and biases are even in ±1/√H, PyTorch's own default; the values are normal.</summary>
    /// <param name="shape">Its size.</param>
    public TrainingProblem(TrainingShape shape)
    {
        Shape = shape;
        var random = new SeededRandom(1);
        double bound = 1 / Math.Sqrt(shape.Hidden);
        Values = Fill(shape.Batch * shape.Steps * shape.Inputs, random.NextNormal);
        Labels = new int[shape.Batch];
        for (int i = 0; i < shape.Batch; i++)
            Labels[i] = random.NextInt32(TrainingShape.Classes);
        Weights = new TrainingWeights(
            Fill(shape.Inputs * shape.Hidden, Uniform),
            Fill(shape.Hidden * shape.Hidden, Uniform),
            Fill(shape.Hidden, Uniform),
            Fill(shape.Hidden * TrainingShape.Classes, Uniform),
            Fill(TrainingShape.Classes, Uniform));

        double Uniform() => random.NextUniform(-bound, bound);
    }

    /// <summary>Its size.</summary>
    public TrainingShape Shape { get; }

    /// <summary>The inputs, <c>[B, T, I]</c>.</summary>
    public float[] Values { get; }

    /// <summary>The class of each sequence, <c>[B]</c>.</summary>
    public int[] Labels { get; }

    /// <summary>The weights before the first step.</summary>
    public TrainingWeights Weights { get; }

    private static float[] Fill(int count, Func<double> next)
    {
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++)
            numbers[i] = (float)next();
        return numbers;
    }
}

/// <summary>The weights of <c>h_t = tanh(x_t·Wx + h_{t−1}·Wh + b)</c> and <c>y = h_T·V + c</c>, or the loss's gradients by them.</summary>
/// <param name="Wx">Wx, <c>[I, H]</c>.</param>
/// <param name="Wh">Wh, <c>[H, H]</c>.</param>
/// <param name="B">b, <c>[H]</c>.</param>
/// <param name="V">V, <c>[H, C]</c>.</param>
/// <param name="C">c, <c>[C]</c>.</param>
internal sealed record TrainingWeights(float[] Wx, float[] Wh, float[] B, float[] V, float[] C)
{
    /// <summary>Each with its name.</summary>
    public IEnumerable<(string Name, float[] Values)> Named =>
        [("Wx", Wx), ("Wh", Wh), ("b", B), ("V", V), ("c", C)];
}
