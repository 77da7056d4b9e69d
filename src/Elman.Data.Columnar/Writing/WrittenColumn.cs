namespace Elman.Data.Columnar;

/// <summary>A column to write; a row is a sequence.</summary>
/// <param name="Name">The name of the column.</param>
internal abstract record WrittenColumn(string Name);

/// <summary>One text for each sequence; <see langword="null"/> if there is none.</summary>
internal sealed record TextColumn(string Name, string?[] Texts) : WrittenColumn(Name);

/// <summary>Numbers: 32-bit floats, or 64-bit floats if an offset must be added.</summary>
/// <param name="Name">The name of the column.</param>
/// <param name="Offset">The offset that was subtracted from the numbers.</param>
internal abstract record NumericColumn(string Name, double Offset) : WrittenColumn(Name)
{
    /// <summary>Whether the numbers are 64-bit floats.</summary>
    public bool IsDouble => Offset != 0;

    /// <summary>Returns the numbers of some sequences, minus the offset.</summary>
    public abstract float[] Floats(int start, int end);

    /// <summary>Returns the numbers of some sequences.</summary>
    public double[] Doubles(int start, int end) => Array.ConvertAll(Floats(start, end), value => ValueOffsets.Restore(value, Offset));
}

/// <summary>One number for each sequence; NaN if it is missing.</summary>
internal sealed record NumberColumn(string Name, float[] Numbers, double Offset) : NumericColumn(Name, Offset)
{
    public override float[] Floats(int start, int end) => Numbers[start..end];
}

/// <summary>The values of a channel for each sequence; NaN for a missing value.</summary>
internal sealed record ChannelColumn(string Name, SequenceDataset Data, int Channel)
    : NumericColumn(Name, Data.Offsets.OfChannel(Channel))
{
    public override float[] Floats(int start, int end)
    {
        var values = new float[Enumerable.Range(start, end - start).Sum(i => Data[i].Steps)];
        int next = 0;
        for (int i = start; i < end; i++)
        {
            ReadOnlySpan<float> from = Data[i].Values.Span;
            for (int at = Channel; at < from.Length; at += Data.Channels)
                values[next++] = from[at];
        }
        return values;
    }
}

/// <summary>
/// Several texts for each sequence, such as the labels of its steps; <see langword="null"/> if they, or one of them, are not known.
/// </summary>
internal sealed record TextListColumn(string Name, string?[]?[] Lists) : WrittenColumn(Name);
