namespace Elman.Tests;

/// <summary>An evaluation of probabilities that lie one after the other, as they are easily written down.</summary>
internal static class FlatEvaluation
{
    /// <summary>Counts.</summary>
    /// <param name="classes">The classes.</param>
    /// <param name="labels">The true class of each case.</param>
    /// <param name="probabilities">What a classifier gave, <c>[cases, C]</c>.</param>
    public static Evaluation Of(string[] classes, int[] labels, float[] probabilities) =>
        Evaluation.From(classes, labels, probabilities.Chunk(classes.Length));
}
