using Elman.Evaluations;
using Elman.Fitted;
using Elman.Inference;
using Elman.Kernels;
using Elman.Training.Tasks;

namespace Elman.Auto;

/// <summary>Predictions of forecasters for parts of sequences.</summary>
internal static class EndAnswers
{
    /// <summary>The maximum number of cases, and of values in them, on which candidates are compared.</summary>
    private const int MostCases = 4096, MostNumbers = 1 << 22;

    /// <summary>Returns the predictions at every step whose next step is evaluated; if there are many, at every n-th of them.</summary>
    /// <param name="models">The models, whose predictions are averaged.</param>
    /// <param name="ends">The sequences; steps that are not evaluated are context or hidden.</param>
    /// <param name="threads">The number of threads.</param>
    public static UnseenAnswers Of(IReadOnlyList<FittedModel> models, SequenceDataset ends, int threads)
    {
        int width = models[0].Model.Spec.OutputSize;
        long cases = ends.Sum(sequence => Enumerable.Range(0, sequence.Steps).LongCount(sequence.IsJudged));
        int every = (int)Math.Max(1, cases / Math.Min(MostCases, Math.Max(1, MostNumbers / width)));
        // Otherwise all cases could be at the same hour, or on the same day of the week.
        while (every > 1 && (every % 2 == 0 || every % 3 == 0 || every % 5 == 0 || every % 7 == 0))
            every++;
        var answers = new UnseenAnswers();
        using var workers = new Workers(threads);
        foreach (FittedModel model in models)
        {
            using var inference = new EnsembleInference(model);
            int index = 0;
            foreach (float[] given in inference.AnswersOneByOne(ends, workers, "data"))
            {
                Sequence sequence = ends[index];
                for (int step = 0, judged = 0; step < sequence.Steps - 1; step++)
                    if (sequence.IsJudged(step + 1) && judged++ % every == 0)
                        answers.Add(new AnswerKey(index, step), given.AsSpan(step * width, width));
                index++;
            }
        }
        return answers;
    }

    /// <summary>Measures the quantiles of a forecaster's errors on held-out sequences.</summary>
    public static ForecastBands BandsOf(FittedModel fitted, SequenceDataset ends, TrainingOptions options)
    {
        UnseenAnswers answers = Of([fitted], ends, options.ResolvedThreads);
        var cases = new JudgedCases(fitted.Task, ends, [answers]);
        return ForecastBands.Of(options.Forecast.Quantiles, [(cases.Target, Array.ConvertAll(cases.Keys, key => answers[key]))],
            fitted.OwnChannels);
    }
}
