using System.Numerics;

namespace Elman.Losses;

/// <summary>
/// σ with cross-entropy for every class separately: <c>−t·ln p − (1 − t)·ln(1 − p)</c>, t = 1 if the class applies, otherwise 0; with
/// smoothing ε, <c>t·(1 − ε) + ε/2</c> in place of t. With γ above 0, its focal form.
/// The loss is the mean over all elements, weighted by class.
/// </summary>
/// <remarks>
/// The value is computed from the logits, so that it stays finite. An element whose target is NaN is not counted, and its gradient is 0.
/// </remarks>
internal static class BinaryLoss
{
    /// <summary>Computes value and gradient for a batch.</summary>
    /// <param name="logits">The scores, <c>[B, C]</c>.</param>
    /// <param name="targets">The targets, 1 if a class applies, otherwise 0; <c>[B, C]</c>.</param>
    /// <param name="gradient">Receives <c>∂L/∂logits</c>, <c>[B, C]</c>.</param>
    /// <param name="classes">C, the number of classes.</param>
    /// <param name="gamma">γ; 0 for plain cross-entropy.</param>
    /// <param name="weights">The weight of each class, <c>[C]</c>; empty for 1.</param>
    /// <param name="smoothing">The smoothing ε.</param>
    public static LossResult Evaluate<T>(
        ReadOnlySpan<T> logits, ReadOnlySpan<T> targets, Span<T> gradient, int classes, double gamma = 0,
        ReadOnlySpan<double> weights = default, double smoothing = 0)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int correct = 0, count = 0;
        double loss = 0, total = 0;
        for (int i = 0; i < logits.Length; i++)
        {
            double x = double.CreateTruncating(logits[i]), t = double.CreateTruncating(targets[i]);
            if (double.IsNaN(t))
                continue;
            double weight = weights.IsEmpty ? 1 : weights[i % classes], share = (t * (1 - smoothing)) + (smoothing / 2);
            (double onValue, double onSlope) = Side(x, gamma);
            (double offValue, double offSlope) = Side(-x, gamma);
            loss += weight * ((share * onValue) + ((1 - share) * offValue));
            gradient[i] = T.CreateTruncating(weight * ((share * onSlope) - ((1 - share) * offSlope)));
            correct += x > 0 == t > 0.5 ? 1 : 0;
            count++;
            total += weight;
        }
        T divisor = total > 0 ? T.CreateTruncating(total) : T.One;
        for (int i = 0; i < logits.Length; i++)
            gradient[i] = T.IsNaN(targets[i]) ? T.Zero : gradient[i] / divisor;
        return new LossResult(total > 0 ? loss / total : 0, correct, count, total);
    }

    /// <summary>
    /// The loss if a class applies, and its derivative with respect to the score: <c>−ln σ(x)</c> and <c>σ(x) − 1</c>, or their focal
    /// forms.
    /// </summary>
    private static (double Value, double Slope) Side(double x, double gamma)
    {
        double logP = x >= 0 ? -Math.Log(1 + Math.Exp(-x)) : x - Math.Log(1 + Math.Exp(x));
        double missing = 1 / (1 + Math.Exp(x)); // 1 − σ(x) = dlnσ/dx
        if (gamma == 0)
            return (-logP, -missing);
        (double value, double slope) = FocalLoss.Of(logP, gamma);
        return (value, slope * missing);
    }
}
