namespace Elman.Cli.Input;

/// <summary>Makes sure, before training starts, that data can be tested on after it.</summary>
internal static class Fit
{
    /// <summary>Checks that a data set has the channels of the training data and labels that occur there.</summary>
    /// <exception cref="CommandException">It does not.</exception>
    public static void Check(SequenceDataset data, SequenceDataset training)
    {
        if (data.Count == 0)
            throw new CommandException($"{data.Name} holds no sequence.");
        if (data.Channels != training.Channels)
            throw new CommandException($"The sequences of {data.Name} have {data.Channels} channels, those of {training.Name} {training.Channels}; both must have the same.");
        var known = training.ClassLabels.ToHashSet(StringComparer.Ordinal);
        for (int i = 0; i < data.Count; i++)
        {
            if (data[i].Label == Sequence.NoLabel)
                throw new CommandException($"Sequence {i + 1} of {data.Name} has no label; testing needs the class of every sequence.");
            string label = data.ClassLabels[data[i].Label];
            if (!known.Contains(label))
                throw new CommandException($"Sequence {i + 1} of {data.Name} has the label '{label}', which no sequence of {training.Name} has; there are {string.Join(", ", training.ClassLabels)}.");
        }
    }
}
