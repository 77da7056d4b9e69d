namespace Elman.Sequences.Stages;

/// <summary>
/// Room in which stages work; its owner uses it for one sequence at a time. Nothing in it is needed from one step of a stream to the
/// next.
/// </summary>
internal sealed class StageBuffers
{
    private float[] _values = [];

    /// <summary>The values of a step on their way through the stages.</summary>
    public double[] Row { get; private set; } = [];

    /// <summary>What stages have measured of a whole sequence.</summary>
    public double[] Measures { get; private set; } = [];

    /// <summary>The values of a whole sequence, with gaps filled.</summary>
    public ref float[] Values => ref _values;

    /// <summary>Grows where that is needed.</summary>
    public void Reserve(int row, int measures)
    {
        if (Row.Length < row)
            Row = new double[row];
        if (Measures.Length < measures)
            Measures = new double[measures];
    }
}
