using Elman.Cli.Reports;

namespace Elman.Cli.Input;

/// <summary>Checks, before training starts, that data are suitable for training and testing.</summary>
internal static class Suitability
{
    /// <summary>Checks that a data set is suitable for training.</summary>
    /// <exception cref="CommandException">A sequence has no label, or there are fewer than two classes.</exception>
    public static void CheckTraining(SequenceDataset data)
    {
        CheckLabelled(data);
        string[] classes = [.. data.ClassLabels.Zip(data.CountByClass()).Where(pair => pair.Second > 0).Select(pair => pair.First)];
        if (classes.Length < 2)
            throw new CommandException($"{data.Name} holds "
                + $"{(classes.Length == 0 ? "no sequence" : $"only the class {Quoted(classes[0])}")}; "
                + "training needs at least two classes. Add sequences of others, or name another label column (--label-column).");
    }

    /// <summary>
    /// Checks that a data set has the channels of the training data, and that its labels are classes of the training data.
    /// </summary>
    /// <exception cref="CommandException">The check fails.</exception>
    public static void CheckTest(SequenceDataset data, SequenceDataset training)
    {
        CheckChannels(data, training);
        var known = training.ClassLabels.ToHashSet(StringComparer.Ordinal);
        CheckLabelled(data);
        for (int i = 0; i < data.Count; i++)
        {
            string label = data.ClassLabels[data[i].Label];
            if (!known.Contains(label))
                throw new CommandException($"Sequence {i + 1} of {data.Name} has the label {Quoted(label)}, which is not a class of "
                    + $"{training.Name}; its classes are {ManyClasses.List(training.ClassLabels)}. Correct it, or leave the "
                    + "sequence out.");
        }
    }

    /// <summary>Checks that a data set with several classes per sequence is suitable for training: at least one class must occur.</summary>
    /// <exception cref="CommandException">No class occurs.</exception>
    public static void CheckTrainingSets(SequenceDataset data)
    {
        if (data.Count > 0 && data.TargetNames.Count == 0)
            throw new CommandException($"No sequence of {data.Name} has a class; training needs at least one labelled sequence. Name the "
                + "columns with the classes (--label-column).");
    }

    /// <summary>
    /// Checks that every class that applies to a sequence of a data set is one of the training data. Not every class of the training data
    /// needs to occur.
    /// </summary>
    /// <exception cref="CommandException">A class is unknown, or the data set has a single class for each sequence.</exception>
    public static void CheckTestSets(SequenceDataset data, SequenceDataset training)
    {
        if (data.TargetNames.Count == 0 && data.ClassLabels.Count > 0)
            throw new CommandException(
                $"{data.Name} has one class for each sequence; --multi-label needs data with several classes per sequence. Leave it out.");
        var known = training.TargetNames.ToHashSet(StringComparer.Ordinal);
        for (int i = 0; i < data.Count; i++)
            for (int target = 0; target < data[i].Targets.Length; target++)
                if (data[i].Targets.Span[target] > 0 && !known.Contains(data.TargetNames[target]))
                    throw new CommandException($"Sequence {i + 1} of {data.Name} has the class {Quoted(data.TargetNames[target])}, which "
                        + $"is not a class of {training.Name}; its classes are {ManyClasses.List(training.TargetNames)}. Correct it, or "
                        + "leave the sequence out.");
    }

    /// <summary>Checks that a data set has the targets of the training data, with a value of each target for each sequence.</summary>
    /// <exception cref="CommandException">The check fails.</exception>
    public static void CheckTestTargets(SequenceDataset data, SequenceDataset training)
    {
        if (!data.TargetNames.Order(StringComparer.Ordinal).SequenceEqual(training.TargetNames.Order(StringComparer.Ordinal)))
            throw new CommandException(
                $"{data.Name} has {(data.TargetNames.Count == 0 ? "no targets" : $"the targets {ManyClasses.List(data.TargetNames)}")}; "
                    + $"those of {training.Name} are {ManyClasses.List(training.TargetNames)}. Name the same (--label-column).");
        for (int i = 0; i < data.Count; i++)
            if (data[i].Targets.IsEmpty)
                throw new CommandException(
                    $"Sequence {i + 1} of {data.Name} has no targets; training and testing need targets for every sequence. Add "
                        + "them, or leave the sequence out.");
        for (int target = 0; target < data.TargetNames.Count; target++)
            if (data.All(sequence => float.IsNaN(sequence.Targets.Span[target])))
                throw new CommandException($"{data.Name} has no value for {Quoted(data.TargetNames[target])}; add values, or leave "
                    + "the target out (--label-column).");
    }

    /// <summary>Checks that the steps of a data set are labelled, with classes of the training data.</summary>
    /// <exception cref="CommandException">The check fails.</exception>
    public static void CheckTestSteps(SequenceDataset data, SequenceDataset training)
    {
        for (int i = 0; i < data.Count; i++)
            if (data[i].StepLabels.IsEmpty)
                throw new CommandException($"Sequence {i + 1} of {data.Name} has no labels for its steps; add "
                    + "them, or leave the sequence out.");
        if (data.All(sequence => !sequence.StepLabels.Span.ContainsAnyExcept(Sequence.NoLabel)))
            throw new CommandException($"{data.Name} has no labelled step; name the column with the labels (--label-column), in a "
                + ".jsonl file the member 'label'.");
        var known = training.ClassLabels.ToHashSet(StringComparer.Ordinal);
        for (int i = 0; i < data.Count; i++)
            for (int t = 0; t < data[i].StepLabels.Length; t++)
                if (data[i].StepLabels.Span[t] is >= 0 and int label && !known.Contains(data.ClassLabels[label]))
                    throw new CommandException(
                        $"Step {t + 1} of sequence {i + 1} of {data.Name} has the label {Quoted(data.ClassLabels[label])}, which is not a "
                            + $"class of {training.Name}; its classes are {ManyClasses.List(training.ClassLabels)}. Correct the label.");
    }

    /// <summary>Checks that there are sequences with the channels of the training data.</summary>
    /// <exception cref="CommandException">The check fails.</exception>
    public static void CheckChannels(SequenceDataset data, SequenceDataset training)
    {
        if (data.Count == 0)
            throw new CommandException($"{data.Name} holds no sequence; give a file with at least one.");
        if (data.Channels != training.Channels)
            throw new CommandException($"The sequences of {data.Name} have {Figures.Count(data.Channels, "channel")}, those of "
                + $"{training.Name} {training.Channels}; both must have the same. Leave channels out (--channels), or check the columns.");
    }

    /// <summary>Checks that symbol channels have only symbols of the training data.</summary>
    /// <exception cref="CommandException">A symbol is unknown.</exception>
    public static void CheckSymbols(SequenceDataset data, SequenceDataset training, Embeddings embed)
    {
        foreach (int channel in embed.Select(embedding => embedding.Channel ?? 1)
            .Where(channel => channel <= training.Channels && !training.IsText(channel - 1)))
        {
            float greatest = GreatestSymbol(training, channel), here = GreatestSymbol(data, channel);
            if (here > greatest)
                throw new CommandException($"{data.Name} has the symbol {here} in channel {channel}; the largest in {training.Name} is "
                    + $"{greatest}, and the model has none above it. Train on data that have it.");
        }
    }

    /// <summary>Checks that symbol channels have only symbols that a model knows.</summary>
    /// <exception cref="CommandException">A symbol is unknown.</exception>
    public static void CheckSymbols(SequenceDataset data, SequenceEstimator model, string name)
    {
        IEnumerable<int> counts = model.Layers.Select(layer => layer.Symbols).OfType<int>();
        foreach ((int channel, int count) in model.Options.Inputs.Embed.Select(embedding => embedding.Channel ?? 1).Zip(counts))
            if (!data.IsText(channel - 1) && GreatestSymbol(data, channel) is var here && here >= count)
                throw new CommandException($"{data.Name} has the symbol {here} in channel {channel}; the largest that {name} knows is "
                    + $"{count - 1}. Train on data that have it.");
    }

    /// <summary>Checks that data have no missing values, if the model refuses them.</summary>
    /// <param name="data">The data.</param>
    /// <param name="missing">The model's treatment of missing values.</param>
    /// <param name="isTrained">Whether the model has already been trained.</param>
    /// <exception cref="CommandException">A value is missing.</exception>
    public static void CheckMissing(SequenceDataset data, MissingValues missing, bool isTrained)
    {
        if (missing != MissingValues.Refuse || data.CountMissing() == 0)
            return;
        int first = Enumerable.Range(0, data.Count).First(i => data[i].Values.Span.Contains(float.NaN));
        int place = data[first].Values.Span.IndexOf(float.NaN);
        string where = FormattableString.Invariant(
            $"step {(place / data.Channels) + 1}, channel {(place % data.Channels) + 1} of sequence {first + 1}");
        string remedy = isTrained
            ? "the model was trained without --missing and accepts none: train it with"
            : "choose a treatment with";
        throw new CommandException($"{data.Name}: {Figures.Missing(data)}, the first in {where}; {remedy} {Ways}, or fill them.");
    }

    /// <summary>
    /// Checks that a forecaster can be trained on data: the channels are numbers, and there are dates if it has calendar inputs.
    /// </summary>
    /// <exception cref="CommandException">The check fails.</exception>
    public static void CheckForecast(SequenceDataset data, TrainingOptions options)
    {
        IReadOnlyList<string> names = ColumnReport.Channels(data.ChannelNames, data.Channels);
        string[] texts = [.. names.Where((_, c) => data.IsText(c))];
        if (texts.Length > 0)
            throw new CommandException($"--task forecast needs numbers, but channel {string.Join(", ", texts)} of {data.Name} holds text; "
                + (texts.Length < names.Count
                    ? "name the numeric channels (--channels)."
                    : "use --task classify for its class, or --task tag for the classes of its steps."));
        if (options.Forecast.Calendar is not (null or CalendarCycles.None)
            && data.Any(sequence => sequence.Times is not { AreDates: true }))
            throw new CommandException($"--calendar needs dates, but the steps of {data.Name} have "
                + (data[0].Times is null
                    ? "no times; name their column (--time-column)."
                    : "numbers as times; declare their format (--time-format, such as unix for seconds since 1970), or leave out "
                        + "--calendar."));
    }

    private static float GreatestSymbol(SequenceDataset data, int channel)
    {
        float greatest = float.NegativeInfinity;
        foreach (Sequence sequence in data)
            for (int i = channel - 1; i < sequence.Values.Length; i += data.Channels)
                greatest = sequence.Values.Span[i] > greatest ? sequence.Values.Span[i] : greatest;
        return greatest;
    }

    private static string Ways => $"--missing {OptionText.Listing([.. OptionText.All<MissingValues>().Skip(1)])}";

    private static void CheckLabelled(SequenceDataset data)
    {
        for (int i = 0; i < data.Count; i++)
            if (data[i].Label == Sequence.NoLabel)
                throw new CommandException(
                    $"Sequence {i + 1} of {data.Name} has no label; training and testing need the class of every sequence. "
                        + "Add it, or leave the sequence out.");
    }
}
