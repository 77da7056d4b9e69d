using System.Numerics;

namespace Elman.Losses;

/// <summary>Losses of numbers, element by element, averaged over all known elements.</summary>
/// <remarks>
/// An element whose target is NaN is not counted, and its gradient is 0. At a kink of a loss, its derivative is taken as 0.
/// </remarks>
internal static class NumberLoss
{
    /// <summary>Computes value and gradient for a batch.</summary>
    /// <param name="kind">The loss.</param>
    /// <param name="parameter">The parameter of the loss.</param>
    /// <param name="outputs">The outputs of the model.</param>
    /// <param name="targets">The targets.</param>
    /// <param name="gradient">Receives <c>∂L/∂outputs</c>.</param>
    public static LossResult Evaluate<T>(
        LossKind kind, double parameter, ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets, Span<T> gradient)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int count = 0;
        foreach (T target in targets)
            count += T.IsNaN(target) ? 0 : 1;
        double loss = 0, perElement = 1.0 / Math.Max(count, 1);
        for (int i = 0; i < outputs.Length; i++)
        {
            if (T.IsNaN(targets[i]))
            {
                gradient[i] = T.Zero;
                continue;
            }
            double error = double.CreateTruncating(outputs[i]) - double.CreateTruncating(targets[i]);
            (double value, double slope) = Of(kind, parameter, error);
            loss += value;
            gradient[i] = T.CreateTruncating(slope * perElement);
        }
        return new LossResult(loss * perElement, 0, count, count);
    }

    /// <summary>Returns the loss of an error y − t, and its derivative.</summary>
    private static (double Value, double Slope) Of(LossKind kind, double parameter, double error) => kind switch
    {
        LossKind.MeanSquared => (error * error, 2 * error),
        LossKind.MeanAbsolute => (Math.Abs(error), Math.Sign(Finite(error))),
        LossKind.Huber when Math.Abs(error) <= parameter => (0.5 * error * error, error),
        LossKind.Huber => (parameter * (Math.Abs(error) - (0.5 * parameter)), parameter * Math.Sign(Finite(error))),
        LossKind.Quantile when error < 0 => (-parameter * error, -parameter),
        LossKind.Quantile => ((1 - parameter) * error, error > 0 ? 1 - parameter : 0),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not a loss for numbers."),
    };

    /// <summary>Replaces NaN, which has no sign, with 0; the value of the loss stays NaN.</summary>
    private static double Finite(double error) => double.IsNaN(error) ? 0 : error;
}
