namespace Elman;

/// <summary>How well a tagger did on labelled steps: step by step, and sequence by sequence.</summary>
/// <param name="Steps">Every labelled step as a case of its own.</param>
/// <param name="Sequences">How many sequences have a labelled step.</param>
/// <param name="SequenceAccuracy">Share of those of which every labelled step was judged right.</param>
public sealed record TagEvaluation(Evaluation Steps, int Sequences, double SequenceAccuracy)
{
    /// <summary>Counts.</summary>
    /// <param name="classes">The classes.</param>
    /// <param name="labels">The true class of each step of each sequence.</param>
    /// <param name="probabilities">What the tagger gave, for each sequence <c>[steps, C]</c>.</param>
    internal static TagEvaluation From(IReadOnlyList<string> classes, IReadOnlyList<ReadOnlyMemory<int>> labels, float[][] probabilities)
    {
        var stepLabels = new List<int>();
        var rows = new List<float>();
        int labelled = 0, right = 0;
        for (int i = 0; i < labels.Count; i++)
        {
            bool allRight = true, any = false;
            for (int t = 0; t < labels[i].Length; t++)
            {
                int label = labels[i].Span[t];
                if (label < 0)
                    continue;
                ReadOnlySpan<float> row = probabilities[i].AsSpan(t * classes.Count, classes.Count);
                stepLabels.Add(label);
                rows.AddRange(row);
                allRight &= System.Numerics.Tensors.TensorPrimitives.IndexOfMax(row) == label;
                any = true;
            }
            labelled += any ? 1 : 0;
            right += any && allRight ? 1 : 0;
        }
        return new TagEvaluation(Evaluation.From(classes, stepLabels.ToArray(), rows.ToArray()), labelled, (double)right / labelled);
    }
}
