namespace Elman.Training;

/// <summary>Looks through data before anything is learned from them or asked of them; refuses with the place and the way out.</summary>
internal static class TrainingData
{
    /// <summary>Checks that data can be learned from.</summary>
    /// <param name="data">The data.</param>
    /// <param name="parameter">The caller's parameter, for the exception.</param>
    /// <exception cref="ArgumentException">Fewer than two classes occur, a sequence is not labelled, or a value is not finite.</exception>
    public static void Check(SequenceDataset data, string parameter)
    {
        CheckLabelled(data, parameter);
        int[] counts = data.CountByClass();
        string[] occurring = [.. data.ClassLabels.Where((_, label) => counts[label] > 0)];
        if (occurring.Length < 2)
        {
            throw new ArgumentException(
                $"The training data '{data.Name}' hold {(occurring.Length == 0 ? "no sequence" : $"only the class '{occurring[0]}'")}; a classifier needs sequences of at least two classes.", parameter);
        }
        CheckValues(data, data.Channels, parameter);
    }

    /// <summary>Checks labelled data against a model's classes and numbers their classes like the model's.</summary>
    /// <exception cref="ArgumentException">There is no sequence, one is not labelled, a class is unknown, or the sequences don't fit.</exception>
    public static SequenceDataset Align(SequenceDataset data, IReadOnlyList<string> classes, int channels, string parameter)
    {
        if (data.Count == 0)
            throw new ArgumentException($"'{data.Name}' holds no sequence.", parameter);
        CheckLabelled(data, parameter);
        CheckValues(data, channels, parameter);
        var known = new ClassIndex(classes);
        return new SequenceDataset(channels, classes, data.Select((sequence, i) =>
        {
            string label = data.ClassLabels[sequence.Label];
            int index = known.Find(label);
            return index >= 0
                ? sequence.WithLabel(index)
                : throw new ArgumentException($"Sequence {i + 1} of '{data.Name}' has the label '{label}', which the model does not know; it knows {string.Join(", ", classes)}.", parameter);
        }), data.Name);
    }

    /// <summary>Checks that sequences have a model's channels and finite values.</summary>
    /// <exception cref="ArgumentException">They don't.</exception>
    public static void CheckValues(SequenceDataset data, int channels, string parameter)
    {
        if (data.Channels != channels)
            throw new ArgumentException($"The sequences of '{data.Name}' have {data.Channels} channels; the model takes {channels}.", parameter);
        for (int i = 0; i < data.Count; i++)
        {
            ReadOnlySpan<float> values = data[i].Values.Span;
            int bad = 0;
            while (bad < values.Length && float.IsFinite(values[bad]))
                bad++;
            if (bad < values.Length)
            {
                throw new ArgumentException(FormattableString.Invariant(
                    $"Sequence {i + 1} of '{data.Name}' has the value {values[bad]} in step {(bad / channels) + 1}, channel {(bad % channels) + 1}; every value must be finite. Fill the gap or drop the sequence."), parameter);
            }
        }
    }

    private static void CheckLabelled(SequenceDataset data, string parameter)
    {
        for (int i = 0; i < data.Count; i++)
            if (data[i].Label == Sequence.NoLabel)
                throw new ArgumentException($"Sequence {i + 1} of '{data.Name}' has no label.", parameter);
    }
}
