namespace Elman.Evaluations;

/// <summary>The log loss of a case.</summary>
internal static class CaseLoss
{
    /// <summary>A smaller probability counts as this one.</summary>
    private const double LeastProbability = 1e-15;

    /// <summary>−ln of the probability of the true class.</summary>
    public static double OfClass(double probability) => -Math.Log(Math.Max(probability, LeastProbability));

    /// <summary>−ln p if a class applies, otherwise −ln(1 − p).</summary>
    /// <param name="target">1 or 0.</param>
    /// <param name="probability">p.</param>
    public static double OfLabel(float target, double probability) => OfClass(target > 0.5f ? probability : 1 - probability);
}
