
namespace Elman.Training.Ridge;

/// <summary>
/// A uniform random sample of the rows, for leave-one-out predictions if not all rows are stored: it is used to choose the penalty and to
/// scale the scores. Every row has a random number that depends only on its position in the data, and the rows with the smallest numbers
/// are kept. So the sample does not depend on the order of the rows, or on how they are split into calls.
/// </summary>
internal sealed class RowSample
{
    /// <summary>The number of rows to keep. With this many cases, one scale is known to a few hundredths.</summary>
    public const int Capacity = 2048;

    private readonly PriorityQueue<SampledRow, ulong> _rows; // the largest number first: that of the row to drop next

    /// <summary>Creates an empty sample.</summary>
    public RowSample() => _rows = new();

    private RowSample(RowSample other) => _rows = new(other._rows.UnorderedItems);

    /// <summary>The rows of the sample, in the order of their random numbers.</summary>
    public SampledRow[] Rows => [.. _rows.UnorderedItems.OrderBy(item => item.Priority).Select(item => item.Element)];

    /// <summary>Adds a row to the sample if its random number is small enough.</summary>
    /// <param name="features">The features.</param>
    /// <param name="about">Target, weight and position of the row; its position decides whether it is kept.</param>
    public void Offer(ReadOnlySpan<float> features, RidgeCase about)
    {
        ulong order = ~SeededRandom.At(SeededRandom.At((ulong)about.Sequence, 0), (ulong)about.Step); // the queue puts the smallest first
        if (_rows.Count < Capacity)
            _rows.Enqueue(new SampledRow(features.ToArray(), about), order);
        else if (_rows.TryPeek(out _, out ulong first) && order > first)
            _rows.DequeueEnqueue(new SampledRow(features.ToArray(), about), order);
    }

    /// <summary>Returns a copy, to which rows can be added independently.</summary>
    public RowSample Clone() => new(this);
}

/// <summary>A row of the sample.</summary>
/// <param name="Features">The features.</param>
/// <param name="Case">Target, weight and position of the row.</param>
internal sealed record SampledRow(float[] Features, RidgeCase Case);
