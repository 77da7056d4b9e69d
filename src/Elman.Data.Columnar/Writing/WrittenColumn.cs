namespace Elman.Data.Columnar;

/// <summary>A column to write: a row is a sequence.</summary>
/// <param name="Name">What it is called.</param>
internal abstract record WrittenColumn(string Name);

/// <summary>A text for each sequence; <see langword="null"/> where there is none.</summary>
internal sealed record TextColumn(string Name, string?[] Texts) : WrittenColumn(Name);

/// <summary>A number for each sequence; NaN where it is missing.</summary>
internal sealed record NumberColumn(string Name, float[] Numbers) : WrittenColumn(Name);

/// <summary>The values of a channel for each sequence; NaN where one is missing.</summary>
internal sealed record ChannelColumn(string Name, SequenceDataset Data, int Channel) : WrittenColumn(Name)
{
    /// <summary>The values of some sequences, one after the other.</summary>
    public float[] Values(int start, int end)
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
