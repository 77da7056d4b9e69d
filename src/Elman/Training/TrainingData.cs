namespace Elman.Training;

/// <summary>Looks through data before anything is learned from them or asked of them; refuses with the place and the way out.</summary>
internal static class TrainingData
{
    /// <summary>Checks that at least two classes occur.</summary>
    /// <param name="data">The data.</param>
    /// <param name="counts">How often each class occurs.</param>
    /// <param name="parameter">The caller's parameter, for the exception.</param>
    /// <exception cref="ArgumentException">Fewer do.</exception>
    public static void CheckClasses(SequenceDataset data, int[] counts, string parameter)
    {
        string[] occurring = [.. data.ClassLabels.Where((_, label) => counts[label] > 0)];
        if (occurring.Length < 2)
        {
            throw new ArgumentException(
                $"The training data '{data.Name}' hold {(occurring.Length == 0 ? "no sequence" : $"only the class '{occurring[0]}'")}; a classifier needs sequences of at least two classes.", parameter);
        }
    }

    /// <summary>How many steps each class has.</summary>
    public static int[] CountSteps(SequenceDataset data)
    {
        int[] counts = new int[data.ClassLabels.Count];
        foreach (Sequence sequence in data)
            foreach (int label in sequence.StepLabels.Span)
                if (label >= 0)
                    counts[label]++;
        return counts;
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

    /// <summary>The same for data whose steps are labelled.</summary>
    /// <exception cref="ArgumentException">There is no sequence, one has no labels, no step is labelled, a class is unknown, or the sequences don't fit.</exception>
    public static SequenceDataset AlignSteps(SequenceDataset data, IReadOnlyList<string> classes, int channels, string parameter)
    {
        CheckStepLabels(data, parameter);
        CheckValues(data, channels, parameter);
        var known = new ClassIndex(classes);
        int[] numbers = [.. data.ClassLabels.Select(known.Find)];
        int[] counts = CountSteps(data);
        for (int label = 0; label < numbers.Length; label++)
            if (numbers[label] < 0 && counts[label] > 0)
                throw new ArgumentException($"Steps of '{data.Name}' have the label '{data.ClassLabels[label]}', which the model does not know; it knows {string.Join(", ", classes)}.", parameter);
        return new SequenceDataset(channels, classes, data.Select(sequence =>
            new Sequence(sequence.Values, channels).WithStepLabels(sequence.StepLabels.ToArray().Select(label => label < 0 ? label : numbers[label]).ToArray())), data.Name);
    }

    /// <summary>The same for data with targets.</summary>
    /// <exception cref="ArgumentException">There is no sequence, one has no targets, a target is missing or too many, or the sequences don't fit.</exception>
    public static SequenceDataset AlignTargets(SequenceDataset data, IReadOnlyList<string> names, int channels, bool areClasses, string parameter)
    {
        CheckTargets(data, areClasses, parameter);
        CheckValues(data, channels, parameter);
        if (data.TargetNames.SequenceEqual(names))
            return data;
        int[] places = [.. names.Select(name => data.TargetNames.ToList().IndexOf(name))];
        if (places.Contains(-1) || data.TargetNames.Count != names.Count)
            throw new ArgumentException($"'{data.Name}' has the {(areClasses ? "classes" : "targets")} {string.Join(", ", data.TargetNames)}; the model has {string.Join(", ", names)}.", parameter);
        return new SequenceDataset(channels, areClasses ? names : [], data.Select(sequence =>
            new Sequence(sequence.Values, channels).WithTargets(places.Select(place => sequence.Targets.Span[place]).ToArray())), data.Name, names);
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

    /// <summary>Checks that every sequence has a class.</summary>
    /// <exception cref="ArgumentException">One has none.</exception>
    public static void CheckLabelled(SequenceDataset data, string parameter)
    {
        for (int i = 0; i < data.Count; i++)
            if (data[i].Label == Sequence.NoLabel)
                throw new ArgumentException($"Sequence {i + 1} of '{data.Name}' has no label.", parameter);
    }

    /// <summary>Checks that the steps of every sequence are labelled, at least one in all.</summary>
    /// <exception cref="ArgumentException">They are not.</exception>
    public static void CheckStepLabels(SequenceDataset data, string parameter)
    {
        for (int i = 0; i < data.Count; i++)
            if (data[i].StepLabels.IsEmpty)
                throw new ArgumentException($"Sequence {i + 1} of '{data.Name}' has no labels for its steps.", parameter);
        if (CountSteps(data).Sum() == 0)
            throw new ArgumentException($"'{data.Name}' holds no labelled step.", parameter);
    }

    /// <summary>Checks that every sequence has its targets, and every target a known value somewhere.</summary>
    /// <exception cref="ArgumentException">That is not so.</exception>
    public static void CheckTargets(SequenceDataset data, bool areClasses, string parameter)
    {
        if (data.Count == 0)
            throw new ArgumentException($"'{data.Name}' holds no sequence.", parameter);
        for (int i = 0; i < data.Count; i++)
        {
            if (data[i].Targets.IsEmpty)
                throw new ArgumentException($"Sequence {i + 1} of '{data.Name}' has no {(areClasses ? "classes" : "targets")}.", parameter);
            foreach (float target in data[i].Targets.Span)
                if (areClasses && target is < 0 or > 1)
                    throw new ArgumentException(FormattableString.Invariant($"Sequence {i + 1} of '{data.Name}' has the target {target} for a class; it may be 0 to 1."), parameter);
        }
        for (int target = 0; target < data.TargetNames.Count; target++)
            if (data.All(sequence => float.IsNaN(sequence.Targets.Span[target])))
                throw new ArgumentException($"'{data.Name}' has no value of '{data.TargetNames[target]}'.", parameter);
    }
}
