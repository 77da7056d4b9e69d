using System.Numerics;
using Elman.Kernels;
using Elman.RandomNumbers;

namespace Elman.Recurrent;

/// <summary>
/// Dropout factors in training (N. Srivastava and others, 2014): 0 with a probability p, otherwise 1/(1 − p), so that the expected value
/// does not change. Without a mask, as in inference, values do not change.
/// </summary>
internal sealed class DropoutMask<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly NativeBuffer<T> _values = new();
    private double _rate;
    private ulong _key;

    /// <summary>Whether there is a mask.</summary>
    public bool IsDrawn => _values.Length > 0;

    /// <summary>The factors; empty if there is no mask.</summary>
    public NativeBuffer<T> Values => _values;

    /// <summary>Sets the mask to draw.</summary>
    /// <param name="rate">p, from 0 up to but not including 1; 0 for no mask.</param>
    /// <param name="key">The key of the mask.</param>
    public void Choose(double rate, ulong key) => (_rate, _key) = (RandomMask.Quantize(rate), key);

    /// <summary>Draws some rows of the mask. The values of a row depend only on its place.</summary>
    /// <param name="firstRow">The place of the first row.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="columns">The number of columns.</param>
    /// <param name="stride">The distance from one row to the next; it does not affect the values.</param>
    public void Draw(long firstRow, long rows, int columns, int stride)
    {
        _values.Resize(_rate == 0 ? 0 : rows * stride);
        if (_rate == 0)
            return;
        if (stride > columns)
            _values.Clear();
        long drawn = (columns + 3) / 4 * 4;
        T kept = T.CreateTruncating(1 / (1 - _rate));
        for (long row = 0; row < rows; row++)
            RandomMask.Draw(_values.Span.Slice((int)(row * stride), columns), _key, (firstRow + row) * drawn, _rate, T.Zero, kept);
    }

    /// <inheritdoc/>
    public void Dispose() => _values.Dispose();
}
