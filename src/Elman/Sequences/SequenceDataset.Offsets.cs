namespace Elman;

/// <content>Offsets of values.</content>
public sealed partial class SequenceDataset
{
    /// <summary>The same data with other offsets: a value plus its offset stays what it is, as far as 32-bit floats hold it.</summary>
    /// <param name="offsets">The offsets, such as those of other data or of a model.</param>
    /// <returns>This data set where it has them already.</returns>
    /// <exception cref="ArgumentException">There are not as many as channels.</exception>
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
            ToldChannels = ToldChannels,
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

    /// <summary>Numbers with an amount added to those of each column.</summary>
    private static float[] Shifted(ReadOnlySpan<float> numbers, double[] amounts)
    {
        float[] shifted = numbers.ToArray();
        for (int column = 0; column < amounts.Length; column++)
            for (int i = column; i < shifted.Length && amounts[column] != 0; i += amounts.Length)
                shifted[i] = (float)(shifted[i] + amounts[column]);
        return shifted;
    }
}
