using System.Numerics;
using Elman.Kernels;

namespace Elman.Layers;

/// <summary>
/// What numbers are multiplied by on their way in training (N. Srivastava and others, 2014): 0 with a probability p, else 1/(1 − p), so
/// that on average nothing changes. Where none is drawn, as in inference, numbers pass as they are.
/// </summary>
internal sealed class DropoutMask<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly NativeBuffer<T> _values = new();

    /// <summary>Whether there is one.</summary>
    public bool IsDrawn => _values.Length > 0;

    /// <summary>The factors; nothing where there is no mask.</summary>
    public NativeBuffer<T> Values => _values;

    /// <summary>Draws one, or takes it away where the rate is 0.</summary>
    /// <param name="rate">p, from 0 up to but not including 1.</param>
    /// <param name="rows">How many rows.</param>
    /// <param name="columns">Numbers of a row.</param>
    /// <param name="stride">From one row to the next; it has no influence on what is drawn.</param>
    /// <param name="key">Which mask.</param>
    public void Draw(double rate, long rows, int columns, int stride, ulong key)
    {
        rate = RandomMask.Quantize(rate);
        _values.Resize(rate == 0 ? 0 : rows * stride);
        if (rate == 0)
            return;
        if (stride > columns)
            _values.Clear();
        long drawn = (columns + 3) / 4 * 4;
        T kept = T.CreateTruncating(1 / (1 - rate));
        for (long row = 0; row < rows; row++)
            RandomMask.Draw(_values.Span.Slice((int)(row * stride), columns), key, row * drawn, rate, T.Zero, kept);
    }

    /// <inheritdoc/>
    public void Dispose() => _values.Dispose();
}
