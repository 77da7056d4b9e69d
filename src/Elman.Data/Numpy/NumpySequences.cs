namespace Elman.Data;

/// <summary>Splits an array of values into sequences.</summary>
internal static class NumpySequences
{
    /// <summary>Reads all sequences of an array.</summary>
    /// <param name="array">The values.</param>
    /// <param name="axes">The axes of the array, as in <see cref="NumpyAxes"/>.</param>
    /// <param name="lengths">The number of steps of each sequence; <see langword="null"/> if it is the length of the axis of steps.</param>
    /// <param name="offsets">The offsets subtracted from values.</param>
    /// <param name="remarks">Receives warnings about rounding losses.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="DataFileException">There is no sequence or no step, or the lengths don't match the array.</exception>
    public static Sequence[] Read(
        NpyArray array, string axes, long[]? lengths, OffsetTable? offsets, Remarks remarks, CancellationToken cancellation)
    {
        Axis n = Find(array, axes, 'n'), t = Find(array, axes, 't'), c = Find(array, axes, 'c');
        bool isJoined = lengths is not null && !axes.Contains('n', StringComparison.Ordinal);
        if (n.Length == 0 || t.Length == 0 || c.Length == 0)
            throw array.Error($"the array has the shape {array.Header.ShapeText}, so it is empty; give it sequences with steps.");
        Check(array, lengths, isJoined, n.Length, t.Length);
        int channels = (int)c.Length;
        var rounding = RoundingWatch.OfChannels(offsets);
        float[] values = array.ReadNumbers(item => (int)(item / c.Stride % c.Length), rounding, cancellation);
        rounding.Report(channel => channels == 1 ? "the sequences" : $"channel {channel + 1}", remarks);

        var store = new ValueStore();
        var sequences = new Sequence[isJoined ? lengths!.Length : (int)n.Length];
        long at = 0;
        for (int i = 0; i < sequences.Length; i++)
        {
            int steps = (int)(lengths is null ? t.Length : lengths[i]);
            long start = isJoined ? at * t.Stride : i * n.Stride;
            at += steps;
            // Steps that are already contiguous are not copied.
            sequences[i] = new Sequence(c.Stride == 1 && t.Stride == channels
                ? values.AsMemory((int)start, steps * channels)
                : Gather(values, store.Take(steps * channels), start, t.Stride, c.Stride, channels), channels);
        }
        return sequences;
    }

    private static void Check(NpyArray array, long[]? lengths, bool isJoined, long sequences, long steps)
    {
        if (lengths is null)
            return;
        if (lengths.Length == 0)
            throw array.Error("there are no lengths; give one for each sequence.");
        if (!isJoined && lengths.Length != sequences)
            throw array.Error($"{Amount.Of(lengths.Length, "length")} for {Amount.Of(sequences, "sequence")}; give one for each.");
        int bad = Array.FindIndex(lengths, length => length < 1 || length > steps);
        if (bad >= 0)
            throw array.Error($"the length of sequence {bad + 1} is {lengths[bad]}; it must be from 1 to {steps}.");
        if (isJoined && lengths.Sum() != steps)
            throw array.Error($"the lengths add up to {lengths.Sum()} steps, but the array has {steps}; they must be equal.");
    }

    private static Memory<float> Gather(float[] from, Memory<float> to, long start, long stepStride, long channelStride, int channels)
    {
        Span<float> target = to.Span;
        for (int i = 0; i < target.Length; i++)
            target[i] = from[start + (i / channels * stepStride) + (i % channels * channelStride)];
        return to;
    }

    /// <summary>Returns the length of an axis and the stride of its items; a missing axis has length 1.</summary>
    private static Axis Find(NpyArray array, string axes, char letter)
    {
        int at = axes.IndexOf(letter, StringComparison.Ordinal);
        if (at < 0)
            return new Axis(1, 1);
        long[] shape = array.Header.Shape;
        long stride = 1;
        for (int axis = array.Header.IsFortran ? 0 : at + 1; axis < (array.Header.IsFortran ? at : shape.Length); axis++)
            stride *= shape[axis];
        return new Axis(shape[at], Math.Max(stride, 1));
    }

    private readonly record struct Axis(long Length, long Stride);
}
