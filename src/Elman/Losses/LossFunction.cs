using System.Numerics;

namespace Elman.Losses;

/// <summary>A loss with its options.</summary>
/// <param name="Loss">The loss.</param>
internal sealed record LossFunction(Loss Loss)
{
    /// <summary>The weight of each class, <c>[C]</c>; empty for 1.</summary>
    public double[] ClassWeights { get; init; } = [];

    /// <summary>The share of the targets that is spread over all classes.</summary>
    public double LabelSmoothing { get; init; }

    /// <summary>Computes value and gradient for rows with one class each.</summary>
    /// <param name="outputs">The scores, <c>[rows, C]</c>.</param>
    /// <param name="labels">The class of each row; −1 if unknown.</param>
    /// <param name="gradient">Receives the gradient with respect to the outputs.</param>
    public LossResult Evaluate<T>(ReadOnlySpan<T> outputs, ReadOnlySpan<int> labels, Span<T> gradient)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Loss.Kind switch
        {
            LossKind.CrossEntropy => CrossEntropy.Evaluate(outputs, labels, gradient, ClassWeights, LabelSmoothing),
            LossKind.Focal => FocalLoss.Evaluate(outputs, labels, gradient, Loss.Parameter, ClassWeights),
            LossKind.Custom => CustomLoss.OfLabels(Loss.Function!, outputs, labels, gradient, ClassWeights),
            _ => throw new InvalidOperationException($"The loss {Loss} is not for single classes."),
        };

    /// <summary>Computes value and gradient for rows with numbers, or with 1 or 0 for each class.</summary>
    /// <param name="outputs">The outputs of the model, <c>[rows, O]</c>.</param>
    /// <param name="targets">The targets; NaN if unknown.</param>
    /// <param name="width">O, the number of outputs.</param>
    /// <param name="gradient">Receives the gradient with respect to the outputs.</param>
    /// <param name="areClasses">Whether the outputs are scores of classes.</param>
    public LossResult Evaluate<T>(ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets, int width, Span<T> gradient, bool areClasses)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Loss.Kind switch
        {
            LossKind.Binary when areClasses => BinaryLoss.Evaluate(outputs, targets, gradient, width, 0, ClassWeights, LabelSmoothing),
            LossKind.Focal when areClasses =>
                BinaryLoss.Evaluate(outputs, targets, gradient, width, Loss.Parameter, ClassWeights, LabelSmoothing),
            LossKind.MeanSquared or LossKind.MeanAbsolute or LossKind.Huber or LossKind.Quantile when !areClasses =>
                NumberLoss.Evaluate(Loss.Kind, Loss.Parameter, outputs, targets, gradient),
            LossKind.Custom => CustomLoss.OfTargets(Loss.Function!, outputs, targets, gradient, width, areClasses),
            _ => throw new InvalidOperationException($"The loss {Loss} is not for {(areClasses ? "classes" : "numbers")}."),
        };
}
