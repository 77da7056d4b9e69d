using System.Numerics;
using Elman.Kernels;

namespace Elman.Recurrent;

/// <summary>
/// The weights of a layer of delay lines, unit by unit, in the layout for <see cref="DelayPass{T}"/>: only the weights of Wx that are not
/// 0.
/// </summary>
/// <param name="inputs">I, the number of input channels.</param>
/// <param name="units">H, the number of units.</param>
internal sealed unsafe class DelayWeights<T>(int inputs, int units) : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly NativeBuffer<T> _taps = new((long)units * DelayPass<T>.Taps);
    private readonly NativeBuffer<T> _bias = new(units);
    private readonly NativeBuffer<T> _weights = new();
    private readonly int[] _dilations = new int[units];
    private readonly int[] _first = new int[units + 1]; // the index of the first channel and weight of each unit
    private int[] _channels = [];

    /// <summary>The longest delay, in steps: 8·d of the unit with the maximum d.</summary>
    public int Reach { get; private set; } = DelayPass<T>.Taps - 1;

    /// <summary>Packs the weights. Needed after every change of them.</summary>
    /// <param name="wx">v, <c>[I, H]</c>.</param>
    /// <param name="bias">b, <c>[H]</c>.</param>
    /// <param name="taps">w, <c>[9, H]</c>.</param>
    /// <param name="dilations">d, <c>[H]</c>; rounded and clamped between 1 and <paramref name="most"/>.</param>
    /// <param name="most">The maximum d.</param>
    public void Pack(ReadOnlySpan<T> wx, ReadOnlySpan<T> bias, ReadOnlySpan<T> taps, ReadOnlySpan<T> dilations, int most)
    {
        bias.CopyTo(_bias.Span);
        int longest = 1;
        for (int unit = 0; unit < units; unit++)
        {
            for (int j = 0; j < DelayPass<T>.Taps; j++)
                _taps.Start[(unit * DelayPass<T>.Taps) + j] = taps[(j * units) + unit];
            T dilation = T.Round(dilations[unit]);
            // NaN becomes 1.
            _dilations[unit] = dilation >= T.One ? int.CreateTruncating(T.Min(dilation, T.CreateChecked(most))) : 1;
            longest = Math.Max(longest, _dilations[unit]);
        }
        Reach = (DelayPass<T>.Taps - 1) * longest;
        PackChannels(wx);
    }

    /// <summary>Returns d of a unit.</summary>
    public int Dilation(int unit) => _dilations[unit];

    /// <summary>Returns the taps of a unit.</summary>
    public T* Taps(int unit) => _taps.Start + (unit * DelayPass<T>.Taps);

    /// <summary>Returns b of a unit.</summary>
    public T Bias(int unit) => _bias.Start[unit];

    /// <summary>Returns the channels that a unit reads, at least one.</summary>
    public ReadOnlySpan<int> Channels(int unit) => _channels.AsSpan(_first[unit], _first[unit + 1] - _first[unit]);

    /// <summary>Returns the weights of the channels of a unit.</summary>
    public T* Weights(int unit) => _weights.Start + _first[unit];

    /// <inheritdoc/>
    public void Dispose()
    {
        _taps.Dispose();
        _bias.Dispose();
        _weights.Dispose();
    }

    /// <remarks>A unit whose weights are all 0 keeps the first channel, so that every unit has one.</remarks>
    private void PackChannels(ReadOnlySpan<T> wx)
    {
        int used = wx.Length - wx.Count(T.Zero);
        if (_channels.Length < used + units)
            _channels = new int[used + units];
        _weights.Resize(used + units);
        int next = 0;
        for (int unit = 0; unit < units; unit++)
        {
            _first[unit] = next;
            for (int channel = 0; channel < inputs; channel++)
                if (wx[(channel * units) + unit] is var weight && weight != T.Zero)
                    (_channels[next], _weights.Start[next++]) = (channel, weight);
            if (next == _first[unit])
                (_channels[next], _weights.Start[next++]) = (0, T.Zero);
        }
        _first[units] = next;
    }
}
