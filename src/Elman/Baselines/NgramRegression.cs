using System.Numerics.Tensors;
using Elman.Kernels;

namespace Elman.Baselines;

/// <summary>
/// Multinomial logistic regression on <see cref="NgramFeatures"/>: a common baseline for short texts. It minimises
/// <c>½·‖W‖² + 10·Σ −ln p(true class)</c>, without a penalty on biases, by L-BFGS (D. Liu and J. Nocedal, 1989).
/// </summary>
internal sealed class NgramRegression : BaselineMethod
{
    private const double WeightOfACase = 10;

    /// <summary>The number of parts into which the cases are divided. It is fixed, so that sums do not depend on the number of
    /// threads.</summary>
    private const int Parts = 8;

    public override string Name => "regression on n-grams";

    public override BaselineAnswers Answer(
        SequenceDataset train, SequenceDataset test, Workers workers, CancellationToken cancellationToken)
    {
        var features = new NgramFeatures(train);
        (int Index, double Value)[][] rows = [.. train.Select(sequence => features.Of(train, sequence))];
        int[] labels = [.. train.Select(sequence => sequence.Label)];
        int classes = train.ClassLabels.Count;
        double[] weights = new double[(features.Count + 1) * classes]; // [n-grams and the bias, classes]
        double[][] parts = [.. Enumerable.Range(0, Parts).Select(_ => new double[weights.Length])];
        double[] losses = new double[Parts];
        LimitedMemory.Minimise(weights, Evaluate, cancellationToken);
        return new BaselineAnswers(Name, [.. test.Select(sequence =>
        {
            double[] scores = new double[classes];
            Probabilities(features.Of(train, sequence), weights, scores);
            return Array.ConvertAll(scores, score => (float)score);
        })]);

        double Evaluate(ReadOnlySpan<double> at, Span<double> gradient)
        {
            cancellationToken.ThrowIfCancellationRequested();
            at.CopyTo(gradient);
            gradient[^classes..].Clear();
            double loss = 0.5 * TensorPrimitives.SumOfSquares<double>(gradient);
            var job = new PartJob(rows, labels, at.ToArray(), classes, parts, losses);
            workers.Run(ref job, Parts);
            for (int part = 0; part < Parts; part++)
            {
                loss += losses[part];
                TensorPrimitives.Add(gradient, parts[part], gradient);
            }
            return loss;
        }
    }

    /// <summary>Replaces scores with the probabilities of the classes.</summary>
    /// <returns>The probability of a class.</returns>
    private static double Probabilities(
        (int Index, double Value)[] row, ReadOnlySpan<double> weights, Span<double> scores, int label = 0)
    {
        int classes = scores.Length;
        weights[^classes..].CopyTo(scores);
        foreach ((int index, double value) in row)
            TensorPrimitives.FusedMultiplyAdd(weights.Slice(index * classes, classes), value, scores, scores);
        double most = TensorPrimitives.Max<double>(scores), sum = 0;
        foreach (ref double score in scores)
            sum += score = Math.Exp(score - most);
        TensorPrimitives.Divide(scores, sum, scores);
        return scores[label];
    }

    /// <summary>Computes loss and gradient of the cases of each part.</summary>
    private readonly struct PartJob(
        (int Index, double Value)[][] rows, int[] labels, double[] weights, int classes, double[][] gradients, double[] losses) : IJob
    {
        public void Execute(int part)
        {
            (int first, int end) = Workers.Share(rows.Length, part, Parts);
            double[] scores = new double[classes];
            Span<double> gradient = gradients[part], bias = gradient[^classes..];
            gradient.Clear();
            double loss = 0;
            for (int i = first; i < end; i++)
            {
                loss -= WeightOfACase * Math.Log(Math.Max(Probabilities(rows[i], weights, scores, labels[i]), double.Epsilon));
                scores[labels[i]]--;
                TensorPrimitives.Multiply(scores, WeightOfACase, scores);
                TensorPrimitives.Add(bias, scores, bias);
                foreach ((int index, double value) in rows[i])
                {
                    Span<double> sum = gradient.Slice(index * classes, classes);
                    TensorPrimitives.FusedMultiplyAdd(scores, value, sum, sum);
                }
            }
            losses[part] = loss;
        }
    }
}
