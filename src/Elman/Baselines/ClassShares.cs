using Elman.Kernels;

namespace Elman.Baselines;

/// <summary>Predicts for every sequence the shares of the classes in the training data, so its decision is the most frequent class; of
/// equally frequent classes, the first.</summary>
/// <remarks>Its log loss on the training data is the entropy of the classes.</remarks>
internal sealed class MajorityClass : BaselineMethod
{
    public override string Name => "majority class";

    public override BaselineAnswers Answer(
        SequenceDataset train, SequenceDataset test, Workers workers, CancellationToken cancellationToken)
    {
        float[] shares = ClassShares.Of(train.CountByClass());
        return new BaselineAnswers(Name, [.. test.Select(_ => shares)]);
    }
}

/// <summary>Predicts for every step the shares of the classes among the labelled steps of the training data.</summary>
internal sealed class MajorityTag : BaselineMethod
{
    public override string Name => "majority class";

    public override BaselineAnswers Answer(
        SequenceDataset train, SequenceDataset test, Workers workers, CancellationToken cancellationToken)
    {
        int[] counts = new int[train.ClassLabels.Count];
        foreach (Sequence sequence in train)
            foreach (int label in sequence.StepLabels.Span)
                if (label >= 0)
                    counts[label]++;
        float[] shares = ClassShares.Of(counts);
        // Not stored: with many classes they are large.
        return new BaselineAnswers(Name, test.Select(sequence => Repeated(shares, sequence.Steps)));
    }

    private static float[] Repeated(float[] row, int times)
    {
        float[] rows = new float[checked(times * row.Length)];
        for (int t = 0; t < times; t++)
            row.CopyTo(rows, t * row.Length);
        return rows;
    }
}

/// <summary>Predicts the mean of each target in the training data; in multi-label classification, this is the share of each
/// class.</summary>
internal sealed class MeanTarget(string name) : BaselineMethod
{
    public override string Name => name;

    public override BaselineAnswers Answer(
        SequenceDataset train, SequenceDataset test, Workers workers, CancellationToken cancellationToken)
    {
        float[] means = [.. Enumerable.Range(0, train.TargetNames.Count).Select(target => (float)train
            .Select(sequence => (double)sequence.Targets.Span[target]).Where(value => !double.IsNaN(value)).DefaultIfEmpty(0).Average())];
        return new BaselineAnswers(Name, [.. test.Select(_ => means)]);
    }
}

/// <summary>Computes class shares.</summary>
internal static class ClassShares
{
    /// <summary>Returns the shares of counts; equal shares if all counts are 0.</summary>
    public static float[] Of(int[] counts)
    {
        long all = counts.Sum(count => (long)count);
        return [.. counts.Select(count => all == 0 ? 1f / counts.Length : (float)((double)count / all))];
    }
}
