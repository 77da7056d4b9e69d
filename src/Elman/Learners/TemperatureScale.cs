using Elman.Fitted;
using Elman.Inference;
using Elman.Kernels;
using Elman.Training.Ridge;
using Elman.Training.Tasks;

namespace Elman.Learners;

/// <summary>
/// Calibrates the probabilities of a trained model: finds the temperature of its scores on held-out cases.
/// </summary>
/// <remarks>
/// It changes the confidence of a prediction, not the predicted class. Networks trained by gradients are mostly overconfident (C. Guo and
/// others, 2017).
/// </remarks>
internal static class TemperatureScale
{
    /// <summary>The maximum number of cases; with this many, one temperature is known to a hundredth.</summary>
    private const int EnoughCases = 20_000;

    /// <summary>With more than a thousand classes, the maximum total number of scores, because they are stored several times.</summary>
    private const long MostScores = 20_000_000;

    /// <summary>Fits the temperature of a model to held-out sequences.</summary>
    public static double Of(FittedModel fitted, SequenceDataset held, TrainingOptions options)
    {
        if (!fitted.Task.HasClasses)
            return 1;
        using var workers = new Workers(options.ResolvedThreads);
        (AnswerKey Key, float[] Values)[] outputs = [.. Outputs(
            fitted, held, Some(held, fitted.Model.Spec.OutputSize, fitted.Task.AnswersEveryStep), workers)];
        return Fit(fitted.Task, [.. outputs.Select(o => Array.ConvertAll(o.Values, value => (double)value))],
            [.. outputs.Select(o => fitted.Task.TargetOf(held, o.Key, o.Values.Length))]);
    }

    /// <summary>Returns the indices of the first sequences: enough to have the cases that a temperature needs.</summary>
    /// <param name="held">The sequences.</param>
    /// <param name="outputs">The number of scores of a case.</param>
    /// <param name="areSteps">Whether each step is a case.</param>
    internal static int[] Some(SequenceDataset held, int outputs, bool areSteps)
    {
        long enough = Math.Min(EnoughCases, MostScores / outputs);
        var indices = new List<int>();
        for (long cases = 0; indices.Count < held.Count && (cases == 0 || cases < enough); indices.Add(indices.Count))
            cases += areSteps ? held[indices.Count].Steps : 1;
        return [.. indices];
    }

    /// <summary>The outputs of a model for sequences, one row for each sequence or each step.</summary>
    /// <param name="fitted">A single model.</param>
    /// <param name="data">The data.</param>
    /// <param name="indices">The indices of the sequences.</param>
    /// <param name="workers">The threads to use.</param>
    public static IEnumerable<(AnswerKey Key, float[] Values)> Outputs(
        FittedModel fitted, SequenceDataset data, int[] indices, Workers workers)
    {
        using var inference = new ModelInference(fitted.Model, fitted.Preprocessing);
        float[][] outputs = inference.Outputs(data.Subset(indices), .., workers);
        int width = fitted.Model.Spec.OutputSize;
        for (int i = 0; i < outputs.Length; i++)
            for (int step = 0; step * width < outputs[i].Length; step++)
                yield return (new AnswerKey(indices[i], step), outputs[i].AsSpan(step * width, width).ToArray());
    }

    /// <summary>The temperature with the smallest log loss; 1 for numbers, or if no case is known.</summary>
    /// <param name="task">The task.</param>
    /// <param name="scores">The model's outputs for each case.</param>
    /// <param name="target">The targets: for a class 1 or 0; NaN if unknown.</param>
    public static double Fit(SequenceTask task, double[][] scores, double[][] target)
    {
        if (!task.HasClasses)
            return 1;
        int[] known = [.. Enumerable.Range(0, target.Length).Where(i => target[i].All(double.IsFinite))];
        if (known.Length == 0)
            return 1;
        double[][] s = [.. known.Select(i => scores[i])], t = [.. known.Select(i => target[i])];
        double scale = task == SequenceTask.ClassifyMany
            ? ScoreScale.OfSigmoid([.. s.SelectMany(row => row)], [.. t.SelectMany(row => row)], ScoreScale.UsualOfLogits)
            : ScoreScale.OfSoftmax(s, t, [.. s.Select(_ => 1.0)], ScoreScale.UsualOfLogits);
        return 1 / scale;
    }
}
