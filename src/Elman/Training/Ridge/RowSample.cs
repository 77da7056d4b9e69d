
namespace Elman.Training;

/// <summary>
/// A few of many rows, drawn evenly, by which scores are scaled. Every row has a random number that depends on its place in the data alone, and those
/// with the smallest are kept: so it does not matter in what order, or in how many pieces, rows come.
/// </summary>
internal sealed class RowSample
{
    /// <summary>How many are kept. A scale is one number: from so many cases it is known to a few hundredths.</summary>
    public const int Capacity = 2048;

    private readonly PriorityQueue<SampledRow, ulong> _rows; // the greatest number first: that of the row to give up next

    /// <summary>Of no row yet.</summary>
    public RowSample() => _rows = new();

    private RowSample(RowSample other) => _rows = new(other._rows.UnorderedItems);

    /// <summary>Those that are kept, in the order of their numbers.</summary>
    public SampledRow[] Rows => [.. _rows.UnorderedItems.OrderBy(item => item.Priority).Select(item => item.Element)];

    /// <summary>Looks at a row.</summary>
    /// <param name="sequence">The number of its sequence in all data so far.</param>
    /// <param name="step">Its step.</param>
    /// <param name="features">What goes into the output layer.</param>
    /// <param name="truth">What comes out in truth.</param>
    /// <param name="weight">What it counts.</param>
    public void Offer(long sequence, int step, ReadOnlySpan<float> features, ReadOnlySpan<double> truth, double weight)
    {
        ulong order = ~SeededRandom.At(SeededRandom.At((ulong)sequence, 0), (ulong)step); // the queue puts the smallest first
        if (_rows.Count < Capacity)
            _rows.Enqueue(new SampledRow(features.ToArray(), truth.ToArray(), weight), order);
        else if (_rows.TryPeek(out _, out ulong first) && order > first)
            _rows.DequeueEnqueue(new SampledRow(features.ToArray(), truth.ToArray(), weight), order);
    }

    /// <summary>The same rows, to which others can be added.</summary>
    public RowSample Clone() => new(this);
}

/// <summary>A row that is kept.</summary>
/// <param name="Features">What goes into the output layer.</param>
/// <param name="Truth">What comes out in truth; NaN where that is not known.</param>
/// <param name="Weight">What it counts.</param>
internal sealed record SampledRow(float[] Features, double[] Truth, double Weight);
