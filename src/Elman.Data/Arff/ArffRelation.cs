namespace Elman.Data;

/// <summary>Reads the values in a relational field: <c>1,2,3\n4,5,6</c>, with a line for each channel and a value for each step.</summary>
internal static class ArffRelation
{
    /// <summary>Reads the values, channel after channel, <c>[C, T]</c>, and returns the number of channels.</summary>
    /// <param name="row">The row.</param>
    /// <param name="field">The field.</param>
    /// <param name="attribute">The declaration of the field in the header.</param>
    /// <param name="values">Receives the values.</param>
    /// <param name="rounding">Converts numbers to floats.</param>
    /// <exception cref="DataFileException">A value is not a number, or channels differ in length.</exception>
    public static int Read(ArffRow row, int field, ArffAttribute attribute, ValueBuffer values, RoundingWatch rounding)
    {
        if (row.IsMissing(field))
            throw row.Error(field, "the values of this sequence are missing; write them in quotes, or remove the row.");
        ReadOnlySpan<byte> text = row[field].TrimEnd("\r\n "u8);
        int channels = 0, steps = 0;
        foreach (Range range in text.Split((byte)'\n'))
        {
            channels++;
            int count = 0;
            ReadOnlySpan<byte> line = text[range].TrimEnd((byte)'\r');
            foreach (Range cell in line.Split((byte)','))
            {
                count++;
                values.Add(NumberText.TryParseOrMissing(line[cell], out float value, out double exact)
                    ? float.IsNaN(value) ? value : rounding.Keep(channels - 1, exact, value)
                    : throw row.Error(field, $"channel {channels}, step {count} of this sequence: {NumberText.Explain(line[cell])}"));
            }
            if (channels == 1)
                steps = count;
            if (count != steps)
                throw row.Error(field, $"channel {channels} of this sequence has {Amount.Of(count, "step")}, channel 1 has {steps}; "
                    + "give all channels of a sequence the same length.");
            if (count > attribute.Inner.Count)
                throw row.Error(field, $"channel {channels} of this sequence has {Amount.Of(count, "value")}, but {Quoted(attribute.Name)} "
                    + $"declares {Amount.Of(attribute.Inner.Count, "step")}; declare as many as the longest sequence has.");
        }
        return channels;
    }
}
