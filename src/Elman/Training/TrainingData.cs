using Elman.Sequences;

namespace Elman.Training;

/// <summary>Checks data before training or prediction; error messages name the position and what to do.</summary>
internal static class TrainingData
{
    private const string Remedy = "Fill the gap, or set Inputs.Missing to Mask, Last, Mean, Linear or Indicate.";

    /// <summary>Returns the sequences with at least one step that is not skipped; the others have nothing to train on.</summary>
    /// <exception cref="ArgumentException">There is no sequence.</exception>
    public static SequenceDataset Taken(SequenceDataset data, MissingValues missing, string parameter)
    {
        int[] taken = [.. Enumerable.Range(0, data.Count).Where(i => missing.StepsOf(data[i]) > 0)];
        if (taken.Length == 0)
            throw new ArgumentException($"No step of '{data.Name}' is complete; with Missing at Mask, incomplete steps are skipped, so "
                + "nothing remains. Choose another treatment, such as Last or Indicate.", parameter);
        return taken.Length == data.Count ? data : data.Subset(taken);
    }

    /// <summary>Checks that a forecaster can be evaluated: there is a step that is not skipped, with a known value within the
    /// horizon.</summary>
    /// <exception cref="ArgumentException">The check fails.</exception>
    public static void CheckForecast(SequenceDataset data, int horizon, MissingValues missing, string parameter)
    {
        int channels = data.Channels, own = data.OwnChannels;
        foreach (Sequence sequence in data)
        {
            ReadOnlySpan<float> values = sequence.Values.Span;
            for (int t = Math.Max(0, sequence.ContextSteps - 1); t < sequence.Steps - 1; t++)
            {
                if (!missing.Takes(values.Slice(t * channels, channels)))
                    continue;
                int last = (int)Math.Min((long)t + horizon, sequence.Steps - 1);
                for (int later = t + 1; later <= last; later++)
                    if (sequence.IsJudged(later) && values.Slice(later * channels, own).ContainsAnyExcept(float.NaN))
                        return;
            }
        }
        throw new ArgumentException($"'{data.Name}' has no value within {horizon} steps after a step that the model uses, so there is "
            + "no target for a forecast.", parameter);
    }

    /// <summary>Checks that at least two classes occur.</summary>
    /// <param name="data">The data.</param>
    /// <param name="counts">The number of occurrences of each class.</param>
    /// <param name="parameter">The caller's parameter, for the exception.</param>
    /// <exception cref="ArgumentException">Fewer classes occur.</exception>
    public static void CheckClasses(SequenceDataset data, int[] counts, string parameter)
    {
        string[] occurring = [.. data.ClassLabels.Where((_, label) => counts[label] > 0)];
        if (occurring.Length < 2)
        {
            throw new ArgumentException(
                $"The training data '{data.Name}' hold "
                    + $"{(occurring.Length == 0 ? "no sequence" : $"only the class {Quoted(occurring[0])}")}; "
                    + "a classifier needs at least two classes.", parameter);
        }
    }

    /// <summary>Counts the steps of each class, without skipped steps.</summary>
    public static int[] CountSteps(SequenceDataset data, MissingValues missing)
    {
        int[] counts = new int[data.ClassLabels.Count];
        foreach (Sequence sequence in data)
        {
            ReadOnlySpan<int> labels = sequence.StepLabels.Span;
            for (int t = 0; t < labels.Length; t++)
                if (labels[t] >= 0 && missing.Takes(sequence.Values.Span.Slice(t * data.Channels, data.Channels)))
                    counts[labels[t]]++;
        }
        return counts;
    }

    /// <summary>Checks labelled data against a model's classes and numbers their classes like the model's.</summary>
    /// <exception cref="ArgumentException">There is no sequence, a sequence is not labelled, a class is unknown, or the sequences don't
    /// match the model.</exception>
    public static SequenceDataset Align(
        SequenceDataset data, IReadOnlyList<string> classes, int channels, MissingValues missing, string parameter)
    {
        if (data.Count == 0)
            throw new ArgumentException($"'{data.Name}' holds no sequence.", parameter);
        CheckLabelled(data, parameter);
        CheckValues(data, channels, missing, parameter);
        var known = new ClassIndex(classes);
        return data.With(classes, data.Select((sequence, i) =>
        {
            string label = data.ClassLabels[sequence.Label];
            int index = known.Find(label);
            return index >= 0
                ? sequence.WithLabel(index)
                : throw new ArgumentException($"Sequence {i + 1} of '{data.Name}' has the label {Quoted(label)}, which is not a class of "
                    + $"the model; its classes are {NameList.Of(classes)}.", parameter);
        }));
    }

    /// <summary>The same for data whose steps are labelled.</summary>
    /// <exception cref="ArgumentException">There is no sequence, a sequence has no labels, no step is labelled, a class is unknown, or the
    /// sequences don't match the model.</exception>
    public static SequenceDataset AlignSteps(
        SequenceDataset data, IReadOnlyList<string> classes, int channels, MissingValues missing, string parameter)
    {
        CheckStepLabels(data, missing, parameter);
        CheckValues(data, channels, missing, parameter);
        var known = new ClassIndex(classes);
        int[] numbers = [.. data.ClassLabels.Select(known.Find)];
        int[] counts = CountSteps(data, MissingValues.Refuse);
        for (int label = 0; label < numbers.Length; label++)
            if (numbers[label] < 0 && counts[label] > 0)
                throw new ArgumentException($"Steps of '{data.Name}' have the label {Quoted(data.ClassLabels[label])}, which is not a "
                    + $"class of the model; its classes are {NameList.Of(classes)}.", parameter);
        return data.With(classes, data.Select(sequence =>
            sequence.WithStepLabels(sequence.StepLabels.ToArray().Select(label => label < 0 ? label : numbers[label]).ToArray())
                .WithLabel(Sequence.NoLabel)));
    }

    /// <summary>
    /// The same for data with targets. If targets are classes, a class that does not occur in the data applies to none of its sequences.
    /// </summary>
    /// <exception cref="ArgumentException">There is no sequence, a sequence has no targets, a target is missing or superfluous, a class is
    /// unknown, or the sequences don't match the model.</exception>
    public static SequenceDataset AlignTargets(
        SequenceDataset data, IReadOnlyList<string> names, int channels, bool areClasses, MissingValues missing, string parameter)
    {
        CheckTargets(data, areClasses, parameter);
        CheckValues(data, channels, missing, parameter);
        if (data.TargetNames.SequenceEqual(names))
            return data;
        var given = new ClassIndex(data.TargetNames);
        int[] places = [.. names.Select(given.Find)];
        if (areClasses)
            CheckClassesKnown(data, names, parameter);
        else if (places.Contains(-1) || data.TargetNames.Count != names.Count)
            throw new ArgumentException($"'{data.Name}' has the targets {NameList.Of(data.TargetNames)}; "
                + $"the model has {NameList.Of(names)}.", parameter);
        return data.With(areClasses ? names : [], data.Select(sequence =>
            sequence.WithTargets(places.Select(place => place < 0 ? 0 : sequence.Targets.Span[place]).ToArray())
                .WithLabel(Sequence.NoLabel)), names);
    }

    /// <summary>Checks that every class that applies to a sequence is one of a model's.</summary>
    /// <exception cref="ArgumentException">The check fails.</exception>
    private static void CheckClassesKnown(SequenceDataset data, IReadOnlyList<string> classes, string parameter)
    {
        var known = new ClassIndex(classes);
        for (int target = 0; target < data.TargetNames.Count; target++)
        {
            if (known.Find(data.TargetNames[target]) >= 0)
                continue;
            for (int i = 0; i < data.Count; i++)
                if (data[i].Targets.Span[target] > 0)
                    throw new ArgumentException($"Sequence {i + 1} of '{data.Name}' has the class {Quoted(data.TargetNames[target])}, "
                        + $"which is not a class of the model; its classes are {NameList.Of(classes)}.", parameter);
        }
    }

    /// <summary>Checks that sequences have a model's channels and finite values, or missing ones if the model accepts them.</summary>
    /// <exception cref="ArgumentException">The check fails.</exception>
    public static void CheckValues(SequenceDataset data, int channels, MissingValues missing, string parameter)
    {
        if (data.Channels != channels)
            throw new ArgumentException(
                $"The sequences of '{data.Name}' have {Amount.Of(data.Channels, "channel")}; the model takes {channels}.", parameter);
        for (int i = 0; i < data.Count; i++)
        {
            ReadOnlySpan<float> values = data[i].Values.Span;
            int bad = 0;
            while (bad < values.Length && (float.IsFinite(values[bad]) || (float.IsNaN(values[bad]) && missing != MissingValues.Refuse)))
                bad++;
            if (bad < values.Length)
            {
                throw new ArgumentException(FormattableString.Invariant($"Sequence {i + 1} of '{data.Name}' has the value {values[bad]} ")
                    + FormattableString.Invariant($"in step {(bad / channels) + 1}, channel {(bad % channels) + 1}; every value must be ")
                    + FormattableString.Invariant($"finite. {(float.IsNaN(values[bad]) ? Remedy : "Fill the gap or drop the sequence.")}"),
                    parameter);
            }
        }
    }

    /// <summary>Checks that every sequence has a class.</summary>
    /// <exception cref="ArgumentException">A sequence has no label.</exception>
    public static void CheckLabelled(SequenceDataset data, string parameter)
    {
        for (int i = 0; i < data.Count; i++)
            if (data[i].Label == Sequence.NoLabel)
                throw new ArgumentException($"Sequence {i + 1} of '{data.Name}' has no label.", parameter);
    }

    /// <summary>Checks that every sequence has step labels, and that at least one step that is not skipped is labelled.</summary>
    /// <exception cref="ArgumentException">The check fails.</exception>
    public static void CheckStepLabels(SequenceDataset data, MissingValues missing, string parameter)
    {
        for (int i = 0; i < data.Count; i++)
            if (data[i].StepLabels.IsEmpty)
                throw new ArgumentException($"Sequence {i + 1} of '{data.Name}' has no step labels.", parameter);
        if (CountSteps(data, missing).Sum() == 0)
            throw new ArgumentException(
                $"'{data.Name}' has no labelled step{(missing == MissingValues.Mask ? " without missing values" : "")}.", parameter);
    }

    /// <summary>
    /// Checks that every sequence has its targets, and every target a known value in some sequence. If targets are classes, there may be
    /// none at all.
    /// </summary>
    /// <exception cref="ArgumentException">The check fails.</exception>
    public static void CheckTargets(SequenceDataset data, bool areClasses, string parameter)
    {
        if (data.Count == 0)
            throw new ArgumentException($"'{data.Name}' holds no sequence.", parameter);
        for (int i = 0; i < data.Count; i++)
        {
            bool isOfNone = areClasses && data.TargetNames.Count == 0 && data[i].HasTargets; // no class occurs in the data
            if (data[i].Targets.IsEmpty && !isOfNone)
                throw new ArgumentException($"Sequence {i + 1} of '{data.Name}' has no {(areClasses ? "classes" : "targets")}.", parameter);
            foreach (float target in data[i].Targets.Span)
                if (areClasses && target is < 0 or > 1)
                    throw new ArgumentException(FormattableString.Invariant(
                        $"Sequence {i + 1} of '{data.Name}' has the target {target} for a class; it must be from 0 to 1."), parameter);
        }
        for (int target = 0; target < data.TargetNames.Count; target++)
            if (data.All(sequence => float.IsNaN(sequence.Targets.Span[target])))
                throw new ArgumentException($"'{data.Name}' has no value for {Quoted(data.TargetNames[target])}.", parameter);
    }
}
