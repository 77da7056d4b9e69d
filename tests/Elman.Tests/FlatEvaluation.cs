namespace Elman.Tests;

/// <summary>Evaluates probabilities in a flat array, which is easy to write.</summary>
internal static class FlatEvaluation
{
    /// <summary>Returns the evaluation.</summary>
    /// <param name="classes">The classes.</param>
    /// <param name="labels">The true class of each case.</param>
    /// <param name="probabilities">The predictions of a classifier, <c>[cases, C]</c>.</param>
    public static Evaluation Of(string[] classes, int[] labels, float[] probabilities) =>
        Evaluation.From(classes, labels, probabilities.Chunk(classes.Length));
}
