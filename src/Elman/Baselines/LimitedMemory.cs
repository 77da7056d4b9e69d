using System.Numerics.Tensors;

namespace Elman.Baselines;

/// <summary>
/// Minimises a smooth convex function by L-BFGS, with backtracking: steps are halved until they reduce the function enough (D. Liu and J.
/// Nocedal, "On the limited memory BFGS method for large scale optimization", 1989).
/// </summary>
internal static class LimitedMemory
{
    private const int Memory = 10, MostSteps = 100, MostHalvings = 30;
    private const double EnoughDecrease = 1e-4, SmallDecrease = 1e-5;

    /// <summary>A function that returns its value and writes its gradient.</summary>
    public delegate double Function(ReadOnlySpan<double> at, Span<double> gradient);

    /// <summary>Minimises a function.</summary>
    /// <param name="x">The starting point; receives the result.</param>
    /// <param name="function">The function.</param>
    /// <param name="cancellationToken">Stops between two steps.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static void Minimise(double[] x, Function function, CancellationToken cancellationToken)
    {
        double[] gradient = new double[x.Length], direction = new double[x.Length];
        var past = new List<(double[] Step, double[] Change, double Product)>();
        double value = function(x, gradient);
        for (int step = 0; step < MostSteps; step++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Direct(gradient, past, direction);
            double slope = TensorPrimitives.Dot<double>(gradient, direction);
            if (!(slope < 0))
                return;
            double length = past.Count == 0 ? 1 / TensorPrimitives.Norm<double>(gradient) : 1;
            double[] next = new double[x.Length], nextGradient = new double[x.Length];
            double nextValue = double.NaN;
            int halvings = 0;
            for (; halvings < MostHalvings; halvings++, length /= 2)
            {
                TensorPrimitives.FusedMultiplyAdd(direction, length, x, next);
                nextValue = function(next, nextGradient);
                if (nextValue <= value + (EnoughDecrease * length * slope))
                    break;
            }
            if (halvings == MostHalvings)
                return;
            double[] moved = new double[x.Length], change = new double[x.Length];
            TensorPrimitives.Subtract<double>(next, x, moved);
            TensorPrimitives.Subtract<double>(nextGradient, gradient, change);
            double product = TensorPrimitives.Dot<double>(moved, change);
            if (product > 0)
                past.Add((moved, change, product));
            if (past.Count > Memory)
                past.RemoveAt(0);
            bool isLittle = value - nextValue <= SmallDecrease * Math.Abs(value);
            next.CopyTo(x, 0);
            (gradient, value) = (nextGradient, nextValue);
            if (isLittle)
                return;
        }
    }

    /// <summary>Computes the direction of the next step: the negative gradient times an estimate of the inverse Hessian.</summary>
    private static void Direct(double[] gradient, List<(double[] Step, double[] Change, double Product)> past, double[] direction)
    {
        gradient.CopyTo(direction, 0);
        double[] parts = new double[past.Count];
        for (int i = past.Count - 1; i >= 0; i--)
        {
            parts[i] = TensorPrimitives.Dot<double>(past[i].Step, direction) / past[i].Product;
            TensorPrimitives.FusedMultiplyAdd(past[i].Change, -parts[i], direction, direction);
        }
        if (past.Count > 0)
            TensorPrimitives.Multiply(
                direction, past[^1].Product / TensorPrimitives.SumOfSquares<double>(past[^1].Change), direction);
        for (int i = 0; i < past.Count; i++)
        {
            double part = TensorPrimitives.Dot<double>(past[i].Change, direction) / past[i].Product;
            TensorPrimitives.FusedMultiplyAdd(past[i].Step, parts[i] - part, direction, direction);
        }
        TensorPrimitives.Negate<double>(direction, direction);
    }
}
