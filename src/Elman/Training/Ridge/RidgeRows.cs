using Elman.Kernels;

namespace Elman.Training.Ridge;

/// <summary>
/// Rows of features in the order in which they were added, stored while there are fewer cases than features. Memory: <c>n·p·4</c> bytes, at
/// most twice that while it grows.
/// </summary>
/// <param name="features">The number of features of a row, p.</param>
internal sealed unsafe class RidgeRows(int features) : IDisposable
{
    private readonly List<RidgeCase> _cases = [];
    private NativeBuffer<float> _features = new();

    /// <summary>The rows without their features.</summary>
    public IReadOnlyList<RidgeCase> Cases => _cases;

    /// <summary>The features of a row.</summary>
    public ReadOnlySpan<float> Row(int index) => new(_features.Start + ((nint)index * features), features);

    /// <summary>Adds a row.</summary>
    public void Add(ReadOnlySpan<float> row, RidgeCase about)
    {
        long used = (long)_cases.Count * features;
        if (used + features > _features.Length)
            Grow(Math.Max(16L * features, 2 * used));
        row.CopyTo(new Span<float>(_features.Start + used, features));
        _cases.Add(about);
    }

    /// <summary>Returns a copy, to which rows can be added independently.</summary>
    public RidgeRows Clone()
    {
        var clone = new RidgeRows(features);
        for (int i = 0; i < _cases.Count; i++)
            clone.Add(Row(i), _cases[i]);
        return clone;
    }

    /// <inheritdoc/>
    public void Dispose() => _features.Dispose();

    private void Grow(long length)
    {
        var grown = new NativeBuffer<float>(length);
        Buffer.MemoryCopy(_features.Start, grown.Start, length * sizeof(float), (long)_cases.Count * features * sizeof(float));
        _features.Dispose();
        _features = grown;
    }
}
