using Elman.Onnx.Reading;

namespace Elman.Onnx.Import.Values;

/// <summary>
/// What linear operations compute of the values of a step or sequence: <c>y = (x∘scale)·matrix + shift</c>. Several of them one after the
/// other are again one. Immutable.
/// </summary>
internal sealed class LinearMap
{
    private readonly double[]? _scale;  // of the inputs, without a matrix; it is part of a matrix
    private readonly float[]? _matrix;  // [inputs, outputs]
    private readonly double[] _shift;

    private LinearMap(int inputs, double[]? scale, float[]? matrix, double[] shift) =>
        (Inputs, _scale, _matrix, _shift) = (inputs, scale, matrix, shift);

    /// <summary>The number of values before.</summary>
    public int Inputs { get; }

    /// <summary>The number of values after.</summary>
    public int Outputs => _shift.Length;

    /// <summary>Whether it has a matrix; otherwise every value is only scaled and shifted.</summary>
    public bool IsMatrix => _matrix is not null;

    /// <summary>The matrix, [inputs, outputs]; <see langword="null"/> if there is none.</summary>
    public float[]? Matrix => _matrix;

    /// <summary>The factors of the values, if there is no matrix.</summary>
    public IReadOnlyList<double> Scale => _scale ?? [];

    /// <summary>What is added at the end.</summary>
    public IReadOnlyList<double> Shift => _shift;

    /// <summary>The map that changes nothing.</summary>
    public static LinearMap Identity(int size, MemoryBudget budget)
    {
        budget.Take(2L * size, sizeof(double), "The values of a step");
        return new(size, Filled(size, 1), null, new double[size]);
    }

    /// <summary>Multiplies the values by factors.</summary>
    public LinearMap Scaled(IReadOnlyList<double> factors, MemoryBudget budget)
    {
        budget.Take((2L * Outputs) + (_matrix?.Length ?? 0), sizeof(double), "The values of a step");
        double[] shift = [.. _shift.Select((value, o) => value * factors[o])];
        if (_matrix is null)
            return new(Inputs, [.. _scale!.Select((value, o) => value * factors[o])], null, shift);
        float[] matrix = [.. _matrix];
        for (int i = 0; i < matrix.Length; i++)
            matrix[i] = (float)(matrix[i] * factors[i % Outputs]);
        return new(Inputs, null, matrix, shift);
    }

    /// <summary>Adds numbers to the values.</summary>
    public LinearMap Shifted(IReadOnlyList<double> terms, MemoryBudget budget)
    {
        budget.Take(Outputs, sizeof(double), "The values of a step");
        return new(Inputs, _scale, _matrix, [.. _shift.Select((value, o) => value + terms[o])]);
    }

    /// <summary>Multiplies the values by a matrix.</summary>
    /// <param name="matrix">The matrix, [outputs so far, outputs].</param>
    /// <param name="outputs">The number of its columns.</param>
    /// <param name="budget">The memory that may be taken.</param>
    public LinearMap Times(float[] matrix, int outputs, MemoryBudget budget)
    {
        budget.Take(((long)Inputs * outputs) + (2L * outputs), sizeof(float), "The product of two matrices");
        double[] shift = new double[outputs];
        for (int i = 0; i < Outputs; i++)
            for (int o = 0; o < outputs && _shift[i] != 0; o++)
                shift[o] += _shift[i] * matrix[((long)i * outputs) + o];
        float[] product = new float[(long)Inputs * outputs];
        double[] row = new double[outputs];
        for (int i = 0; i < Inputs; i++)
        {
            Array.Clear(row);
            if (_matrix is null)
                AddRow(row, _scale![i], matrix, i);
            else
                for (int k = 0; k < Outputs; k++)
                    AddRow(row, _matrix[((long)i * Outputs) + k], matrix, k);
            for (int o = 0; o < outputs; o++)
                product[((long)i * outputs) + o] = (float)row[o];
        }
        return new(Inputs, null, product, shift);
    }

    private static void AddRow(double[] row, double factor, float[] matrix, int index)
    {
        ReadOnlySpan<float> from = matrix.AsSpan(index * row.Length, row.Length);
        for (int o = 0; o < row.Length; o++)
            row[o] += factor * from[o];
    }

    private static double[] Filled(int size, double value)
    {
        double[] all = new double[size];
        Array.Fill(all, value);
        return all;
    }
}
