namespace Elman;

/// <summary>A custom loss, computed case by case: see <see cref="Loss.Custom"/>.</summary>
/// <remarks>
/// A case is a sequence, or of a tagger and a forecaster a step. Training calls it from one thread at a time and takes the mean over the
/// cases, each as often as <see cref="TrainingOptions.ClassWeights"/> says; cases of which nothing is known are left out.
/// </remarks>
public interface ILoss
{
    /// <summary>The loss of a case, L, and its gradient.</summary>
    /// <param name="outputs">
    /// What the model gives, y, <c>[O]</c>: scores of classes, before softmax or σ, or numbers in the units in which it learns:
    /// standardised ones, unless <see cref="InputOptions.Standardize"/> is false.
    /// </param>
    /// <param name="target">
    /// What is true, <c>[O]</c>: of classes 1 for those that apply and 0 for the others, or numbers in the same units; NaN where one of
    /// several is not known.
    /// </param>
    /// <param name="gradient">Receives ∂L/∂y, <c>[O]</c>; holds 0 before, which is right for outputs whose target is not known.</param>
    /// <returns>L.</returns>
    double Evaluate(ReadOnlySpan<double> outputs, ReadOnlySpan<double> target, Span<double> gradient);
}
