namespace Elman.Data;

/// <summary>A buffer for parsed values whose number is not known in advance.</summary>
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

    /// <summary>Returns the values as an array that the caller owns; the buffer is then empty.</summary>
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
