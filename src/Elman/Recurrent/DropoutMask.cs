using System.Numerics;
using Elman.Kernels;
using Elman.RandomNumbers;

namespace Elman.Recurrent;

/// <summary>
/// What numbers are multiplied by on their way in training (N. Srivastava and others, 2014): 0 with a probability p, else 1/(1 − p), so
/// that on average nothing changes. Where none is drawn, as in inference, numbers pass as they are.
/// </summary>
internal sealed class DropoutMask<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly NativeBuffer<T> _values = new();
    private double _rate;
    private ulong _key;

    /// <summary>Whether there is one.</summary>
    public bool IsDrawn => _values.Length > 0;

    /// <summary>The factors; nothing where there is no mask.</summary>
    public NativeBuffer<T> Values => _values;

    /// <summary>Says which one is to be drawn.</summary>
    /// <param name="rate">p, from 0 up to but not including 1; at 0 there is none.</param>
    /// <param name="key">Which mask.</param>
    public void Choose(double rate, ulong key) => (_rate, _key) = (RandomMask.Quantize(rate), key);

    /// <summary>Draws some rows of it: a row's place alone decides what it holds.</summary>
    /// <param name="firstRow">The place of the first.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="columns">Numbers of a row.</param>
    /// <param name="stride">From one row to the next; it has no influence on what is drawn.</param>
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
