using System.Numerics;

namespace Elman.Losses;

/// <summary>A custom loss over a batch: the mean over the rows with a known target.</summary>
internal static class CustomLoss
{
    /// <summary>Evaluates rows with one class each.</summary>
    /// <inheritdoc cref="CrossEntropy.Evaluate"/>
    public static LossResult OfLabels<T>(
        ILoss loss, ReadOnlySpan<T> logits, ReadOnlySpan<int> labels, Span<T> gradient, ReadOnlySpan<double> weights)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int width = logits.Length / labels.Length;
        var sums = new RowSums<T>(loss, width);
        for (int r = 0; r < labels.Length; r++)
        {
            Span<T> slope = gradient.Slice(r * width, width);
            if (labels[r] < 0)
            {
                slope.Clear();
                continue;
            }
            Array.Clear(sums.Target);
            sums.Target[labels[r]] = 1;
            ReadOnlySpan<double> outputs = sums.Add(logits.Slice(r * width, width), slope, weights.IsEmpty ? 1 : weights[labels[r]]);
            sums.Correct += System.Numerics.Tensors.TensorPrimitives.IndexOfMax(outputs) == labels[r] ? 1 : 0;
            sums.Count++;
        }
        return sums.Mean(gradient);
    }

    /// <summary>Evaluates rows with numbers, or with 1 or 0 for each class.</summary>
    /// <param name="loss">The loss.</param>
    /// <param name="outputs">The outputs of the model, <c>[rows, O]</c>.</param>
    /// <param name="targets">The targets; NaN if unknown.</param>
    /// <param name="gradient">Receives the gradient with respect to the outputs.</param>
    /// <param name="width">O, the number of outputs.</param>
    /// <param name="areClasses">Whether the outputs are scores of classes.</param>
    public static LossResult OfTargets<T>(
        ILoss loss, ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets, Span<T> gradient, int width, bool areClasses)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var sums = new RowSums<T>(loss, width);
        for (int first = 0; first < outputs.Length; first += width)
        {
            Span<T> slope = gradient.Slice(first, width);
            int known = 0;
            for (int o = 0; o < width; o++)
            {
                sums.Target[o] = double.CreateTruncating(targets[first + o]);
                known += double.IsNaN(sums.Target[o]) ? 0 : 1;
            }
            if (known == 0)
            {
                slope.Clear();
                continue;
            }
            ReadOnlySpan<double> row = sums.Add(outputs.Slice(first, width), slope, 1);
            for (int o = 0; o < width && areClasses; o++)
                sums.Correct += !double.IsNaN(sums.Target[o]) && row[o] > 0 == sums.Target[o] > 0.5 ? 1 : 0;
            sums.Count += known;
        }
        return sums.Mean(gradient);
    }

    /// <summary>The sums over the rows so far.</summary>
    private sealed class RowSums<T>(ILoss loss, int width)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly double[] _outputs = new double[width], _gradient = new double[width];
        private double _loss, _weight;

        public double[] Target { get; } = new double[width];

        public int Correct { get; set; }

        public int Count { get; set; }

        /// <summary>Adds a row after its target is set.</summary>
        public ReadOnlySpan<double> Add(ReadOnlySpan<T> outputs, Span<T> gradient, double weight)
        {
            for (int o = 0; o < width; o++)
                _outputs[o] = double.CreateTruncating(outputs[o]);
            Array.Clear(_gradient);
            _loss += weight * loss.Evaluate(_outputs, Target, _gradient);
            _weight += weight;
            for (int o = 0; o < width; o++)
                gradient[o] = T.CreateTruncating(weight * _gradient[o]);
            return _outputs;
        }

        /// <summary>Returns the mean of the rows, and computes its gradient.</summary>
        public LossResult Mean(Span<T> gradient)
        {
            T divisor = _weight > 0 ? T.CreateTruncating(_weight) : T.One;
            foreach (ref T slope in gradient)
                slope /= divisor;
            return new LossResult(_weight > 0 ? _loss / _weight : 0, Correct, Count, _weight);
        }
    }
}
