namespace Elman.Samples;

/// <summary>A custom loss: value and gradient of a case, over spans.</summary>
public static class OwnLoss
{
    /// <summary>Trains with the loss.</summary>
    /// <param name="output">Receives the printed text.</param>
    public static void Run(TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(output);
        using var classifier = new SequenceClassifier(new TrainingOptions
        {
            Cell = "gru",
            Model = new() { Layers = [16] },
            Epochs = 30,
            Loss = Loss.Custom("squared-hinge", new SquaredHinge()),
        });
        classifier.Fit(SineData.Create(100, seed: 1));
        output.WriteLine(FormattableString.Invariant(
            $"A loss of one's own: accuracy {classifier.Evaluate(SineData.Create(100, seed: 2)).Accuracy:F2}"));
    }

    /// <summary>
    /// The squared hinge (Y. Tang, 2013): with y = 1 for the true class and −1 for the others, <c>L = Σ max(0, 1 − y·s)²</c> of the scores
    /// s, so <c>∂L/∂s = −2·y·max(0, 1 − y·s)</c>.
    /// </summary>
    private sealed class SquaredHinge : ILoss
    {
        public double Evaluate(ReadOnlySpan<double> outputs, ReadOnlySpan<double> target, Span<double> gradient)
        {
            double loss = 0;
            for (int c = 0; c < outputs.Length; c++)
            {
                double sign = target[c] > 0.5 ? 1 : -1, missing = Math.Max(0, 1 - (sign * outputs[c]));
                loss += missing * missing;
                gradient[c] = -2 * sign * missing;
            }
            return loss;
        }
    }
}
