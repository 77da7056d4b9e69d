namespace Elman;

/// <summary>A custom loss, evaluated case by case: see <see cref="Loss.Custom"/>.</summary>
/// <remarks>
/// A case is a sequence or, for a tagger or forecaster, a step. Training calls the loss from one thread at a time and takes the mean over
/// the cases, weighted with <see cref="TrainingOptions.ClassWeights"/>; cases without any known target are left out.
/// </remarks>
public interface ILoss
{
    /// <summary>Computes the loss of a case, L, and its gradient.</summary>
    /// <param name="outputs">
    /// The outputs of the model, y, <c>[O]</c>: scores of classes, before softmax or σ, or numbers in standardised units (in the units of
    /// the data if <see cref="InputOptions.Standardize"/> is false).
    /// </param>
    /// <param name="target">
    /// The targets, <c>[O]</c>: for classes 1 if the class applies and otherwise 0, or numbers in the same units; NaN for unknown ones
    /// among several.
    /// </param>
    /// <param name="gradient">Receives ∂L/∂y, <c>[O]</c>; initially 0, which is correct for outputs with an unknown target.</param>
    /// <returns>L.</returns>
    double Evaluate(ReadOnlySpan<double> outputs, ReadOnlySpan<double> target, Span<double> gradient);
}
