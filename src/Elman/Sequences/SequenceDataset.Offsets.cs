namespace Elman;

/// <content>Offsets of values.</content>
public sealed partial class SequenceDataset
{
    /// <summary>Returns the same data with other offsets: the sum of value and offset stays the same, up to the precision of 32-bit
    /// floats.</summary>
    /// <param name="offsets">The offsets, such as those of other data or of a model.</param>
    /// <returns>The data with these offsets; this data set if it already has them.</returns>
    /// <exception cref="ArgumentException">The number of offsets differs from the number of channels.</exception>
    public SequenceDataset WithOffsets(ValueOffsets offsets)
    {
        ArgumentNullException.ThrowIfNull(offsets);
        if (Offsets.AreSame(offsets))
            return this;
        double[] ofChannels = [.. Enumerable.Range(0, Channels).Select(c => Offsets.OfChannel(c) - offsets.OfChannel(c))];
        double[] ofTargets = [.. TargetNames.Select(name => Offsets.OfTarget(name) - offsets.OfTarget(name))];
        return new SequenceDataset(
            Channels, ClassLabels, this.Select(sequence => Shifted(sequence, ofChannels, ofTargets)), Name, TargetNames)
        {
            ChannelNames = ChannelNames,
            Columns = Columns,
            Preparation = Preparation,
            CovariateChannels = CovariateChannels,
            Warnings = Warnings,
            Vocabularies = Vocabularies,
            Offsets = offsets,
        };
    }

    private static Sequence Shifted(Sequence sequence, double[] ofChannels, double[] ofTargets)
    {
        Sequence shifted = sequence.WithValues(Shifted(sequence.Values.Span, ofChannels));
        return sequence.Targets.IsEmpty ? shifted : shifted.WithTargets(Shifted(sequence.Targets.Span, ofTargets));
    }

    /// <summary>Returns the numbers with an amount added to each column.</summary>
    private static float[] Shifted(ReadOnlySpan<float> numbers, double[] amounts)
    {
        float[] shifted = numbers.ToArray();
        for (int column = 0; column < amounts.Length; column++)
            for (int i = column; i < shifted.Length && amounts[column] != 0; i += amounts.Length)
                shifted[i] = (float)(shifted[i] + amounts[column]);
        return shifted;
    }
}
