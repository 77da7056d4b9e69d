namespace Elman.Data.Columnar;

/// <summary>A column to write: a row is a sequence.</summary>
/// <param name="Name">Its name.</param>
internal abstract record WrittenColumn(string Name);

/// <summary>A text for each sequence; <see langword="null"/> if there is none.</summary>
internal sealed record TextColumn(string Name, string?[] Texts) : WrittenColumn(Name);

/// <summary>Numbers: 32-bit floats, or where an offset is to be added 64-bit ones.</summary>
/// <param name="Name">The name of the column.</param>
/// <param name="Offset">What was subtracted from the numbers.</param>
internal abstract record NumericColumn(string Name, double Offset) : WrittenColumn(Name)
{
    /// <summary>Whether they are 64-bit floats.</summary>
    public bool IsDouble => Offset != 0;

    /// <summary>The numbers of some sequences, less the offset.</summary>
    public abstract float[] Floats(int start, int end);

    /// <summary>The numbers of some sequences.</summary>
    public double[] Doubles(int start, int end) => Array.ConvertAll(Floats(start, end), value => ValueOffsets.Restore(value, Offset));
}

/// <summary>A number for each sequence; NaN where it is missing.</summary>
internal sealed record NumberColumn(string Name, float[] Numbers, double Offset) : NumericColumn(Name, Offset)
{
    public override float[] Floats(int start, int end) => Numbers[start..end];
}

/// <summary>The values of a channel for each sequence; NaN if one is missing.</summary>
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

/// <summary>Texts for each sequence, such as labels of its steps; <see langword="null"/> where they, or one of them, is not
/// known.</summary>
internal sealed record TextListColumn(string Name, string?[]?[] Lists) : WrittenColumn(Name);
