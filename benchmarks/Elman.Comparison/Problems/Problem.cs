namespace Elman.Comparison.Problems;

/// <summary>A model with its weights, and a batch of labelled sequences: the same numbers for every rival.</summary>
internal sealed class Problem
{
    /// <summary>
    /// The learning rate η. It is so small that thousands of steps on one batch hardly change the weights, so the last measured step does
    /// the same work on similar numbers as the first.
    /// </summary>
    public const double LearningRate = 1e-5;

    /// <summary>Draws a problem. Weights and biases are uniform in ±1/√H, the default of PyTorch; the values are normal.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="shape">The size.</param>
    /// <param name="lengths">The number of steps of each sequence, in descending order; the first is that of the shape.</param>
    public Problem(Cell cell, Shape shape, IReadOnlyList<int> lengths)
    {
        Cell = cell;
        Shape = shape;
        Lengths = lengths;
        var random = new SeededRandom(1);
        double bound = 1 / Math.Sqrt(shape.Hidden);
        Sequences = [.. lengths.Select(steps => Fill(steps * shape.Inputs, random.NextNormal))];
        Labels = [.. lengths.Select(_ => random.NextInt32(Shape.Classes))];
        Weights = new Weights<float>(
            [.. Enumerable.Range(0, shape.Layers * shape.Directions).Select(i => new LayerWeights<float>(
                Fill(shape.InputsOf(i / shape.Directions) * cell.Gates * shape.Hidden, Uniform),
                Fill(cell.HasRecurrentWeights ? shape.Hidden * cell.Gates * shape.Hidden : 0, Uniform),
                Fill(cell.Biases * shape.Hidden, Uniform)))],
            shape.Directions,
            Fill(shape.Width * Shape.Classes, Uniform),
            Fill(Shape.Classes, Uniform));

        double Uniform() => random.NextUniform(-bound, bound);
    }

    /// <summary>The cell.</summary>
    public Cell Cell { get; }

    /// <summary>The size.</summary>
    public Shape Shape { get; }

    /// <summary>The number of steps of each sequence, longest first.</summary>
    public IReadOnlyList<int> Lengths { get; }

    /// <summary>The values of each sequence, <c>[steps, I]</c>.</summary>
    public IReadOnlyList<float[]> Sequences { get; }

    /// <summary>The class of each sequence, <c>[B]</c>.</summary>
    public IReadOnlyList<int> Labels { get; }

    /// <summary>The weights before the first step.</summary>
    public Weights<float> Weights { get; }

    /// <summary>Returns all values time-major, <c>[T, B, I]</c>, with zeros after the end of a sequence.</summary>
    public float[] TimeMajor()
    {
        float[] values = new float[Shape.Steps * Shape.Batch * Shape.Inputs];
        for (int r = 0; r < Shape.Batch; r++)
            for (int t = 0; t < Lengths[r]; t++)
                Sequences[r].AsSpan(t * Shape.Inputs, Shape.Inputs).CopyTo(values.AsSpan(((t * Shape.Batch) + r) * Shape.Inputs));
        return values;
    }

    private static float[] Fill(int count, Func<double> next)
    {
        float[] numbers = new float[count];
        foreach (ref float number in numbers.AsSpan())
            number = (float)next();
        return numbers;
    }
}
