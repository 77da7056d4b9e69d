using Elman.Comparison.Problems;

namespace Elman.Comparison.Rivals;

/// <summary>Returns the steps of a problem's only sequence in turn, and starts again after the last.</summary>
internal sealed class StepInputs(Problem problem)
{
    private readonly float[] _values = problem.Sequences[0];
    private readonly int _size = problem.Shape.Inputs;
    private int _next;

    /// <summary>Returns the values of the next step.</summary>
    public ReadOnlySpan<float> Next()
    {
        int start = _next;
        _next = start + _size == _values.Length ? 0 : start + _size;
        return _values.AsSpan(start, _size);
    }

    /// <summary>Returns the result by which a stream is checked: its output after a whole sequence.</summary>
    public static NamedArray<double> Output(ReadOnlySpan<float> h)
    {
        double[] values = new double[h.Length];
        for (int i = 0; i < h.Length; i++)
            values[i] = h[i];
        return new("output", values);
    }
}
