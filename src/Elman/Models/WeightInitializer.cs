using System.Numerics;
using Elman.Cells;
using Elman.Packing;
using Elman.Recurrent;

namespace Elman.Models;

/// <summary>
/// Initialises a model's weights before training, in parameters that are 0; parameters that are not set stay 0. The order is gate by gate,
/// in the order of the layout, so that a seed determines every number.
/// </summary>
internal static class WeightInitializer
{
    private const double OriginDeviation = 0.01;

    /// <summary>Sets the weights of a recurrent layer, and the bias of its forget gate, if it has one.</summary>
    public static void Fill<T>(
        RecurrentLayer<T> layer, Parameters<T> values, WeightInitialization how, SeededRandom random, double forgetBias,
        CancellationToken cancellationToken)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // A bias may have more vectors, and Wh may have a different number of gates.
        (int inputs, int hidden) = (layer.Shape.InputSize, layer.Shape.HiddenSize);
        int gates = layer.Weights.Input.Shape[1] / hidden;
        for (int gate = 0; gate < gates; gate++)
        {
            double[] inputWeights = layer.Weights.PassesInputsAtFirst && inputs == hidden && how != WeightInitialization.Origin
                ? Identity(inputs, hidden)
                : how == WeightInitialization.Origin
                ? Normal(inputs * hidden, random)
                : Glorot(inputs, hidden, random);
            Place(inputWeights, hidden, values.Span(layer.Weights.Input), gate, gates);
        }
        int recurrentGates = (layer.Weights.Recurrent?.Shape[1] ?? 0) / hidden;
        for (int gate = 0; gate < recurrentGates; gate++)
        {
            int outputs = layer.Weights.Recurrent!.Shape[0];
            double[] recurrentWeights = how switch
            {
                WeightInitialization.Origin => Normal(outputs * hidden, random),
                WeightInitialization.Glorot => Glorot(outputs, hidden, random),
                WeightInitialization.Identity => Identity(outputs, hidden),
                WeightInitialization.Orthogonal => Orthogonal(outputs, hidden, leaning: 0, random, cancellationToken),
                WeightInitialization.Rotation => Orthogonal(outputs, hidden, leaning: Math.Sqrt(hidden), random, cancellationToken),
                _ => throw new ArgumentOutOfRangeException(nameof(how), how, "Not a way to initialise weights."),
            };
            Place(recurrentWeights, hidden, values.Span(layer.Weights.Recurrent), gate, recurrentGates);
        }
        if (layer.Weights.DiagonalRole == DiagonalWeightRole.Recurrence && layer.Weights.Diagonal is { } diagonalWeights)
            foreach (ref T weight in values.Span(diagonalWeights))
                weight = T.CreateTruncating(random.NextDouble());
        if (layer.Weights.ForgetGate is { } forget)
            values.Span(layer.Weights.Bias).Slice(forget.Index * hidden, hidden).Fill(T.CreateTruncating(forget.Sign * forgetBias));
        foreach (ParameterSlice matrix in layer.Matrices)
            Fill(matrix, values, how, random);
        layer.Initialize(values, random);
    }

    /// <summary>Sets a matrix <c>[in, out]</c> that is not recurrent.</summary>
    public static void Fill<T>(ParameterSlice matrix, Parameters<T> values, WeightInitialization how, SeededRandom random)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int fanIn = matrix.Shape[0], fanOut = matrix.Shape[1];
        double[] weights = how == WeightInitialization.Origin ? Normal(fanIn * fanOut, random) : Glorot(fanIn, fanOut, random);
        Place(weights, fanOut, values.Span(matrix), 0, 1);
    }

    /// <summary>
    /// Sets the vectors of symbols, <c>[V, E]</c>, to N(0, 1): the standard deviation of standardised inputs, for which the weights after
    /// them are initialised.
    /// </summary>
    public static void FillTable<T>(ParameterSlice table, Parameters<T> values, WeightInitialization how, SeededRandom random)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double deviation = how == WeightInitialization.Origin ? OriginDeviation : 1;
        foreach (ref T value in values.Span(table))
            value = T.CreateTruncating(deviation * random.NextNormal());
    }

    private static double[] Normal(int count, SeededRandom random)
    {
        double[] weights = new double[count];
        for (int i = 0; i < count; i++)
            weights[i] = OriginDeviation * random.NextNormal();
        return weights;
    }

    private static double[] Glorot(int fanIn, int fanOut, SeededRandom random)
    {
        double limit = Math.Sqrt(6.0 / (fanIn + fanOut));
        double[] weights = new double[fanIn * fanOut];
        for (int i = 0; i < weights.Length; i++)
            weights[i] = random.NextUniform(-limit, limit);
        return weights;
    }

    private static double[] Identity(int rows, int columns)
    {
        double[] weights = new double[rows * columns];
        for (int i = 0; i < Math.Min(rows, columns); i++)
            weights[(i * columns) + i] = 1;
        return weights;
    }

    /// <summary>
    /// Orthonormalises the rows of N(0, 1) + leaning·I in order (Gram–Schmidt, twice for accuracy); the columns if there are more rows than
    /// columns.
    /// </summary>
    /// <param name="rows">The number of rows.</param>
    /// <param name="columns">The number of columns.</param>
    /// <param name="leaning">0 for a uniformly distributed orthogonal matrix; larger values lead to matrices nearer to the
    /// identity.</param>
    /// <param name="random">The random numbers.</param>
    /// <param name="cancellationToken">Stops between two rows.</param>
    private static double[] Orthogonal(int rows, int columns, double leaning, SeededRandom random, CancellationToken cancellationToken)
    {
        if (rows > columns)
            return Transposed(Orthogonal(columns, rows, leaning, random, cancellationToken), rows);
        double[] q = new double[rows * columns];
        for (int i = 0; i < rows; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Span<double> row = q.AsSpan(i * columns, columns);
            double length;
            do
            {
                for (int c = 0; c < columns; c++)
                    row[c] = random.NextNormal() + (c == i ? leaning : 0);
                for (int twice = 0; twice < 2; twice++)
                {
                    for (int other = 0; other < i; other++)
                    {
                        ReadOnlySpan<double> earlier = q.AsSpan(other * columns, columns);
                        double projection = Dot(row, earlier);
                        for (int c = 0; c < columns; c++)
                            row[c] -= projection * earlier[c];
                    }
                }
                length = Math.Sqrt(Dot(row, row));
            }
            while (length < 1e-6); // the row lies in the span of the earlier rows: draw again
            for (int c = 0; c < columns; c++)
                row[c] /= length;
        }
        return q;
    }

    private static double[] Transposed(double[] matrix, int columns)
    {
        int rows = matrix.Length / columns;
        double[] transposed = new double[matrix.Length];
        for (int i = 0; i < matrix.Length; i++)
            transposed[(i % columns * rows) + (i / columns)] = matrix[i];
        return transposed;
    }

    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
            sum += a[i] * b[i];
        return sum;
    }

    /// <summary>Copies a gate's matrix <c>[rows, columns]</c> to its columns of <c>[rows, gates·columns]</c>.</summary>
    private static void Place<T>(double[] weights, int columns, Span<T> target, int gate, int gates)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < weights.Length; i++)
            target[(i / columns * gates * columns) + (gate * columns) + (i % columns)] = T.CreateTruncating(weights[i]);
    }
}
