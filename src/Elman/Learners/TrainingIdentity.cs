using Elman.Checkpoints;
using Elman.Checksums;
using Elman.Fitted;

namespace Elman.Learners;

/// <summary>Hashes of the data and options of a training, which must be the same to continue it.</summary>
internal static class TrainingIdentity
{
    /// <summary>Returns the identity of a training.</summary>
    public static CheckpointIdentity Of(TrainingSet set, TrainingOptions options) => new(HashOf(set), HashOf(options));

    /// <remarks>The number of threads does not change the result.</remarks>
    private static ulong HashOf(TrainingOptions options)
    {
        var hash = new ContentHash();
        foreach (OptionDefinition<TrainingOptions> option in TrainingOptions.Definitions)
        {
            if (option.Name == nameof(TrainingOptions.Threads))
                continue;
            hash.Add(option.Name);
            hash.Add(option.TextOf(options));
        }
        Add(ref hash, options.Cell);
        return hash.Value;
    }

    private static void Add(ref ContentHash hash, CellOptions cell)
    {
        hash.Add(cell.Name);
        foreach (OptionDefinition<CellOptions> option in cell.Options)
        {
            hash.Add(option.Name);
            hash.Add(option.TextOf(cell));
        }
        if (cell is not AutoOptions choice)
            return;
        foreach (string name in choice.Fixed)
            hash.Add(name);
        foreach (CellOptions tried in choice.Cells)
            Add(ref hash, tried);
    }

    private static ulong HashOf(TrainingSet set)
    {
        var hash = new ContentHash();
        hash.Add(set.Task.FileKind);
        Add(ref hash, set.Data);
        if (set.Validation is { } validation)
            Add(ref hash, validation);
        Add(ref hash, set.Start);
        Add(ref hash, set.Tested);
        return hash.Value;
    }

    private static void Add(ref ContentHash hash, SequenceDataset data)
    {
        hash.Add(data.Channels);
        foreach (string name in (IEnumerable<string>)[.. data.ChannelNames, .. data.ClassLabels, .. data.TargetNames])
            hash.Add(name);
        foreach (Vocabulary? vocabulary in data.Vocabularies)
            hash.Add(vocabulary is null ? null : string.Join('\0', vocabulary.Symbols));
        hash.Add(data.Count);
        foreach (Sequence sequence in data)
        {
            hash.Add(sequence.Values.Span);
            hash.Add(sequence.Label);
            hash.Add(sequence.ContextSteps);
            hash.Add(sequence.StepLabels.Span);
            hash.Add(sequence.Targets.Span);
            hash.Add(sequence.HiddenSteps.Span);
            hash.Add(sequence.Group);
        }
    }

    private static void Add(ref ContentHash hash, FittedModel? model)
    {
        if (model is null)
            return;
        hash.Add(model.Fingerprint);
        foreach (string name in model.Names)
            hash.Add(name);
        foreach (double number in (IEnumerable<double>)[.. model.TargetScale?.Means ?? [], .. model.TargetScale?.Deviations ?? []])
            hash.Add(number);
        foreach (Member member in model.Members)
        {
            hash.Add<float>(member.Model.Values.Buffer.Span);
            hash.Add(member.Temperature);
            hash.Add(member.Weight);
        }
        foreach (FitPlan plan in model.Plan)
            hash.Add(plan.Key);
    }
}
