using Elman.Fitted;
using Elman.Models;

namespace Elman.Explanations;

/// <summary>The number that an explanation is about: a class's score, or a predicted number.</summary>
/// <remarks>
/// A score is the output of the class divided by the temperature, minus the mean over the classes, which softmax does not see; in
/// multi-label models the output of the class. In predictions it is the logarithm of the probability, and of the odds. A tagger has the
/// mean over the steps of the class. Numbers are in the units of the data.
/// </remarks>
/// <param name="fitted">The fitted model.</param>
/// <param name="output">The class, target, or of a forecast the step ahead and channel, ahead · channels + channel.</param>
/// <param name="rows">For each step of the data, the weight of its output; <see langword="null"/> if there is one output.</param>
internal sealed class ExplainedOutput(FittedModel fitted, int output, double[]? rows)
{
    private const double LeastProbability = 1e-7;

    /// <summary>Returns the gradient with respect to the outputs of a member at a step.</summary>
    /// <param name="member">The member.</param>
    /// <param name="step">The step of the data; −1 if there is one output.</param>
    /// <param name="gradient">Receives the gradient, <c>[O]</c>.</param>
    public void Gradient(Member member, int step, Span<float> gradient)
    {
        gradient.Clear();
        double weight = step < 0 || rows is null ? 1 : rows[step];
        if (weight == 0)
            return;
        switch (fitted.Task.Kind)
        {
            case ModelTask.Classify or ModelTask.Tag:
                gradient.Fill((float)(-weight / (gradient.Length * member.Temperature)));
                gradient[output] += (float)(weight / member.Temperature);
                break;
            case ModelTask.ClassifyMany:
                gradient[output] = (float)(weight / member.Temperature);
                break;
            case ModelTask.Regress:
                gradient[output] = (float)(fitted.TargetScale?.Deviations[output] ?? 1);
                break;
            default:
                int channel = output % fitted.OwnChannels;
                gradient[output] = (float)(weight * (member.Preprocessing.Standardization?.Deviations[channel] ?? 1));
                break;
        }
    }

    /// <summary>Returns the number for a prediction.</summary>
    /// <param name="answer">The prediction, <c>[O]</c> or <c>[steps, O]</c>.</param>
    public double ValueOf(ReadOnlySpan<float> answer)
    {
        if (rows is null)
            return ValueOfRow(answer);
        int width = answer.Length / rows.Length;
        double sum = 0;
        for (int t = 0; t < rows.Length; t++)
            if (rows[t] != 0)
                sum += rows[t] * ValueOfRow(answer.Slice(t * width, width));
        return sum;
    }

    private double ValueOfRow(ReadOnlySpan<float> row)
    {
        switch (fitted.Task.Kind)
        {
            case ModelTask.Classify or ModelTask.Tag:
                double mean = 0;
                foreach (float p in row)
                    mean += Logarithm(p) / row.Length;
                return Logarithm(row[output]) - mean;
            case ModelTask.ClassifyMany:
                return Logarithm(row[output]) - Logarithm(1 - row[output]);
            default:
                return row[output];
        }
    }

    private static double Logarithm(double p) => Math.Log(Math.Max(p, LeastProbability));
}
