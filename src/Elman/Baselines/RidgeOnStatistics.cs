using Elman.Kernels;
using Elman.Training;

namespace Elman.Baselines;

/// <summary>Least squares with a penalty on <see cref="ChannelStatistics"/>.</summary>
internal abstract class RidgeOnStatistics : BaselineMethod
{
    public override string Name => "ridge on statistics";

    public override BaselineAnswers Answer(SequenceDataset train, SequenceDataset test, Workers workers, CancellationToken cancellationToken)
    {
        ChannelStatistics statistics = ChannelStatistics.Fit(train);
        double[][] x = statistics.Of(train);
        cancellationToken.ThrowIfCancellationRequested();
        return new BaselineAnswers(Name, Answer(train, x, statistics.Of(test), cancellationToken));
    }

    /// <summary>Learns and answers.</summary>
    /// <param name="train">What to learn from.</param>
    /// <param name="x">Its statistics.</param>
    /// <param name="others">Those of the sequences to answer for.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    protected abstract float[][] Answer(SequenceDataset train, double[][] x, double[][] others, CancellationToken cancellationToken);

    /// <summary>The targets, each learned where it is known; <see langword="null"/> for one that is known nowhere.</summary>
    private protected static (RidgeOutput Output, double[] Truth)?[] FitTargets(SequenceDataset train, double[][] x, CancellationToken cancellationToken)
    {
        var outputs = new (RidgeOutput, double[])?[train.TargetNames.Count];
        // Targets that are known of the same sequences share their equations.
        foreach (IGrouping<string, int> group in Enumerable.Range(0, outputs.Length).GroupBy(target =>
            string.Concat(train.Select(sequence => float.IsNaN(sequence.Targets.Span[target]) ? '0' : '1'))))
        {
            int[] known = [.. Enumerable.Range(0, train.Count).Where(i => group.Key[i] == '1')], targets = [.. group];
            if (known.Length == 0)
                continue;
            double[][] y = [.. targets.Select(target => known.Select(i => (double)train[i].Targets.Span[target]).ToArray())];
            RidgeOutput[] fitted = RidgeByLeaveOneOut.FitEach([.. known.Select(i => x[i])], y, cancellationToken);
            for (int o = 0; o < targets.Length; o++)
                outputs[targets[o]] = (fitted[o], y[o]);
        }
        return outputs;
    }
}

/// <summary>One class a sequence: an output for each class, 1 for its sequences, 0 for others; one penalty, and softmax of the scaled outputs.</summary>
internal sealed class RidgeClassifier : RidgeOnStatistics
{
    protected override float[][] Answer(SequenceDataset train, double[][] x, double[][] others, CancellationToken cancellationToken)
    {
        int classes = train.ClassLabels.Count;
        double[][] y = [.. Enumerable.Range(0, classes).Select(c => train.Select(sequence => sequence.Label == c ? 1.0 : 0).ToArray())];
        RidgeOutput[] outputs = RidgeByLeaveOneOut.FitTogether(x, y, cancellationToken);
        double scale = ScoreScale.OfSoftmax(
            [.. x.Select((_, i) => outputs.Select(output => output.LeftOut[i]).ToArray())],
            [.. x.Select((_, i) => y.Select(truth => truth[i]).ToArray())],
            [.. x.Select(_ => 1.0)]);
        return [.. others.Select(row => Softmax([.. outputs.Select(output => scale * output.Predict(row))]))];
    }

    private static float[] Softmax(double[] scores)
    {
        double max = scores.Max();
        double[] powers = [.. scores.Select(score => Math.Exp(score - max))];
        double sum = powers.Sum();
        return [.. powers.Select(power => (float)(power / sum))];
    }
}

/// <summary>Classes side by side: an output and a penalty for each, and σ of its scaled distance from one half.</summary>
internal sealed class RidgeLabels : RidgeOnStatistics
{
    protected override float[][] Answer(SequenceDataset train, double[][] x, double[][] others, CancellationToken cancellationToken)
    {
        (RidgeOutput Output, double Scale)?[] outputs = [.. FitTargets(train, x, cancellationToken).Select(fitted => fitted is var (output, truth)
            ? (output, ScoreScale.OfSigmoid([.. output.LeftOut.Select(score => score - 0.5)], truth))
            : ((RidgeOutput, double)?)null)];
        return [.. others.Select(row => outputs.Select(fitted => fitted is var (output, scale)
            ? (float)(1 / (1 + Math.Exp(-scale * (output.Predict(row) - 0.5))))
            : 0.5f).ToArray())]; // nothing is known of the class
    }
}

/// <summary>Numbers: an output and a penalty for each.</summary>
internal sealed class RidgeRegressor : RidgeOnStatistics
{
    protected override float[][] Answer(SequenceDataset train, double[][] x, double[][] others, CancellationToken cancellationToken)
    {
        (RidgeOutput Output, double[] Truth)?[] outputs = FitTargets(train, x, cancellationToken);
        return [.. others.Select(row => outputs.Select(fitted => fitted is var (output, _) ? (float)output.Predict(row) : 0f).ToArray())];
    }
}
