
namespace Elman.Training.Ridge;

/// <summary>
/// A few of many rows, drawn evenly, which are left out where not all rows are kept: by them the penalty is chosen and scores are scaled.
/// Every row has a random number that depends on its place in the data alone, and those with the smallest are kept: so it does not matter
/// in what order, or in how many pieces, rows come.
/// </summary>
internal sealed class RowSample
{
    /// <summary>The number of rows to keep. With this many cases, one scale is known to a few hundredths.</summary>
    public const int Capacity = 2048;

    private readonly PriorityQueue<SampledRow, ulong> _rows; // the greatest number first: that of the row to give up next

    /// <summary>Of no row yet.</summary>
    public RowSample() => _rows = new();

    private RowSample(RowSample other) => _rows = new(other._rows.UnorderedItems);

    /// <summary>Those that are kept, in the order of their numbers.</summary>
    public SampledRow[] Rows => [.. _rows.UnorderedItems.OrderBy(item => item.Priority).Select(item => item.Element)];

    /// <summary>Considers a row.</summary>
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

    /// <summary>The same rows, to which others can be added.</summary>
    public RowSample Clone() => new(this);
}

/// <summary>A row that is kept.</summary>
/// <param name="Features">The features.</param>
/// <param name="Case">Target, weight and position of the row.</param>
internal sealed record SampledRow(float[] Features, RidgeCase Case);
