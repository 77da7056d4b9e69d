namespace Elman.Cli.Runs;

/// <summary>The sentence about a training that diverged and went on.</summary>
internal static class DivergenceNote
{
    /// <summary>Returns the sentence.</summary>
    /// <param name="epoch">The epoch in which it diverged.</param>
    public static string For(int epoch) => FormattableString.Invariant(
        $"training diverged in epoch {epoch} and went on from the weights before it with a third of the learning rate. ")
        + "A smaller --learning-rate from the start avoids that.";
}
