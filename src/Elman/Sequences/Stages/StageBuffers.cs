namespace Elman.Sequences.Stages;

/// <summary>
/// Work space of the stages, for one sequence at a time. Its content is not needed from one step of a stream to the next.
/// </summary>
internal sealed class StageBuffers
{
    private float[] _values = [];

    /// <summary>The values of a step between the stages.</summary>
    public double[] Row { get; private set; } = [];

    /// <summary>The measurements of the stages on a whole sequence.</summary>
    public double[] Measures { get; private set; } = [];

    /// <summary>The values of a whole sequence, with gaps filled.</summary>
    public ref float[] Values => ref _values;

    /// <summary>Grows the buffers if needed.</summary>
    public void Reserve(int row, int measures)
    {
        if (Row.Length < row)
            Row = new double[row];
        if (Measures.Length < measures)
            Measures = new double[measures];
    }
}
