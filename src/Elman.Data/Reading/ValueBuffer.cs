namespace Elman.Data;

/// <summary>Parsed values, while their number is unknown.</summary>
internal sealed class ValueBuffer
{
    private float[] _values;

    public ValueBuffer(int capacity = 1024) => _values = new float[capacity];

    /// <summary>The number of values.</summary>
    public int Count { get; private set; }

    /// <summary>The values.</summary>
    public ReadOnlySpan<float> Span => _values.AsSpan(0, Count);

    public void Add(float value)
    {
        if (Count == Array.MaxLength)
            throw new InsufficientMemoryException($"A sequence can't hold more than {Array.MaxLength} values.");
        if (Count == _values.Length)
            Array.Resize(ref _values, (int)Math.Min(2L * _values.Length, Array.MaxLength));
        _values[Count++] = value;
    }

    public void Clear() => Count = 0;

    /// <summary>The values as an array that is the caller's; the buffer is empty then.</summary>
    public float[] Detach()
    {
        float[] values = _values;
        Array.Resize(ref values, Count);
        (_values, Count) = ([0], 0);
        return values;
    }

    /// <summary>Releases the unused memory.</summary>
    public void TrimExcess() => Array.Resize(ref _values, Math.Max(Count, 1));
}
