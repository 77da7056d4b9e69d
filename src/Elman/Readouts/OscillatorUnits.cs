using System.Numerics;
using Elman.Kernels;
using Elman.Linear;
using Elman.Packing;
using Elman.Recurrent;

namespace Elman.Readouts;

/// <summary>
/// The weights of a layer of oscillators and their thresholds, lane by lane, as <see cref="OscillatorCounts{T}"/> reads them.
/// </summary>
/// <remarks>
/// A block is one lane of units: vectors b, Re λ, Im λ, Re μ, Im μ, Re c, Im c, space for five thresholds, and a row of Wx for each input.
/// Units that pad the last block have weights of 0; their results are not read.
/// </remarks>
/// <param name="layer">The layer.</param>
/// <param name="firstColumn">The index of its first output among those of its layer.</param>
/// <param name="lane">The number of elements in a lane.</param>
internal sealed unsafe class OscillatorUnits<T>(RecurrentLayer<T> layer, int firstColumn, int lane) : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The number of vectors of a block before the thresholds.</summary>
    public const int FirstThreshold = 7;

    /// <summary>The number of vectors of a block before those of Wx.</summary>
    public const int FirstInput = FirstThreshold + CountsLayout.MostThresholds;

    private readonly NativeBuffer<T> _blocks =
        new((long)((layer.Shape.HiddenSize + lane - 1) / lane) * (FirstInput + layer.Shape.InputSize) * lane);
    private readonly bool[] _hasSecondStage = new bool[(layer.Shape.HiddenSize + lane - 1) / lane];

    /// <summary>The mix of the units; <see langword="null"/> if there is none.</summary>
    public UnitMix<T>? Mix { get; } = (layer as MixedOscillatorLayer<T>)?.Mix;

    /// <summary>The number of blocks that run together: those in a block of the mix, or one.</summary>
    public int BlocksTogether => Mix is null ? 1 : MixPass<T>.BlockSize / lane;

    /// <summary>The number of groups of blocks that run together.</summary>
    public int Groups => (Blocks + BlocksTogether - 1) / BlocksTogether;

    /// <summary>I, the number of inputs of a step.</summary>
    public int InputSize => layer.Shape.InputSize;

    /// <summary>H, the number of units.</summary>
    public int Count => layer.Shape.HiddenSize;

    /// <summary>The index of its first output among those of its layer.</summary>
    public int FirstColumn => firstColumn;

    /// <summary>Whether it reads from the last step to the first.</summary>
    public bool IsReversed => layer.Shape.IsReversed;

    /// <summary>The number of blocks.</summary>
    public int Blocks => _hasSecondStage.Length;

    /// <summary>Returns the pointer to a block.</summary>
    public T* Block(int block) => _blocks.Start + ((nint)block * (FirstInput + InputSize) * lane);

    /// <summary>Whether any unit of a block has a second stage.</summary>
    public bool HasSecondStage(int block) => _hasSecondStage[block];

    /// <summary>Packs the weights. Needed after every change of them.</summary>
    public void Pack(Parameters<T> values, ParameterSlice thresholds)
    {
        _blocks.Clear();
        ReadOnlySpan<T> bias = values.Span(layer.Weights.Bias), units = values.Span(layer.Weights.Diagonal!),
            inputs = values.Span(layer.Weights.Input),
            limits = values.Span(thresholds);
        for (int block = 0; block < Blocks; block++)
        {
            int first = block * lane, count = Math.Min(lane, Count - first);
            Put(bias, 0, first, 0);
            for (int u = 0; u < 6; u++)
                Put(units, u * Count, first, 1 + u);
            for (int k = 0; k < thresholds.Shape[0]; k++)
                Put(limits, (k * thresholds.Shape[1]) + firstColumn, first, FirstThreshold + k);
            for (int i = 0; i < InputSize; i++)
                Put(inputs, i * Count, first, FirstInput + i);
            _hasSecondStage[block] = new ReadOnlySpan<T>(Block(block) + (3 * lane), 2 * lane).ContainsAnyExcept(T.Zero);

            void Put(ReadOnlySpan<T> source, int start, int unit, int vector) =>
                source.Slice(start + unit, count).CopyTo(new(Block(block) + (vector * lane), count));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _blocks.Dispose();
}
