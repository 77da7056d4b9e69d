using Elman.Evaluations;

namespace Elman;

/// <summary>The scores of a tagger on labelled steps, by step and by sequence.</summary>
/// <param name="Steps">Every labelled step as a separate case.</param>
/// <param name="Sequences">The number of sequences that have a labelled step.</param>
/// <param name="SequenceAccuracy">The share of these sequences with all labelled steps predicted correctly.</param>
public sealed record TagEvaluation(Evaluation Steps, int Sequences, double SequenceAccuracy)
{
    /// <summary>Evaluates predictions.</summary>
    /// <param name="classes">The classes.</param>
    /// <param name="labels">The true class of each step of each sequence.</param>
    /// <param name="probabilities">The probabilities of each sequence, <c>[steps, C]</c>; iterated once.</param>
    internal static TagEvaluation From(
        IReadOnlyList<string> classes, IReadOnlyList<ReadOnlyMemory<int>> labels, IEnumerable<float[]> probabilities)
    {
        var tally = new EvaluationTally(classes, labels.Sum(steps => (long)steps.Length - steps.Span.Count(Sequence.NoLabel)));
        int labelled = 0, right = 0;
        foreach ((ReadOnlyMemory<int> steps, float[] rows) in labels.Zip(probabilities))
        {
            bool allRight = true, any = false;
            for (int t = 0; t < steps.Length; t++)
            {
                int label = steps.Span[t];
                if (label < 0)
                    continue;
                allRight &= tally.Add(label, rows.AsMemory(t * classes.Count, classes.Count));
                any = true;
            }
            labelled += any ? 1 : 0;
            right += any && allRight ? 1 : 0;
        }
        return new TagEvaluation(tally.Result(), labelled, (double)right / labelled);
    }
}
