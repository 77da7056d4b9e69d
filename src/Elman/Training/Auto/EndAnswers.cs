using Elman.Kernels;

namespace Elman.Training;

/// <summary>What forecasters say of the ends of sequences.</summary>
internal static class EndAnswers
{
    /// <summary>Cases, and numbers in them, by which candidates are compared at most.</summary>
    private const int MostCases = 4096, MostNumbers = 1 << 22;

    /// <summary>The answers from the last step of the context on; of every few steps where there are many.</summary>
    /// <param name="models">The models, whose answers are averaged.</param>
    /// <param name="ends">The sequences, their beginnings as context.</param>
    /// <param name="threads">How many threads.</param>
    public static UnseenAnswers Of(IReadOnlyList<Learned> models, SequenceDataset ends, int threads)
    {
        int width = models[0].Model.Spec.OutputSize;
        long cases = ends.Sum(sequence => (long)sequence.Steps - sequence.ContextSteps);
        int every = (int)Math.Max(1, cases / Math.Min(MostCases, Math.Max(1, MostNumbers / width)));
        var answers = new UnseenAnswers();
        using var workers = new Workers(threads);
        foreach (Learned model in models)
        {
            using var inference = new EnsembleInference(model);
            int index = 0;
            foreach (float[] given in inference.AnswersOneByOne(ends, workers, "data"))
            {
                Sequence sequence = ends[index];
                for (int step = Math.Max(0, sequence.ContextSteps - 1); step < sequence.Steps - 1; step += every)
                    answers.Add(new AnswerKey(index, step), given.AsSpan(step * width, width));
                index++;
            }
        }
        return answers;
    }

    /// <summary>The quantiles of a forecaster's errors on sequences that it has not learned from.</summary>
    public static ForecastBands BandsOf(Learned learned, SequenceDataset ends, TrainingOptions options)
    {
        UnseenAnswers answers = Of([learned], ends, options.ResolvedThreads);
        var cases = new JudgedCases(learned.Task, ends, [answers]);
        return ForecastBands.Of(options.Quantiles, cases.Truth, Array.ConvertAll(cases.Keys, key => answers[key]));
    }
}
