namespace Elman.Benchmarks.TrainingSteps;

/// <summary>Makes sure that the rivals compute the same thing before anyone compares their times.</summary>
internal static class Agreement
{
    /// <summary>The greatest difference allowed, relative to the largest magnitude of the array at hand.</summary>
    public const double Tolerance = 1e-4;

    /// <summary>Takes one step with each, at learning rate 1: then the weights move by their gradients, and these are compared, as are the losses.</summary>
    /// <param name="problem">What both train on.</param>
    /// <exception cref="DisagreementException">They differ by more than <see cref="Tolerance"/>.</exception>
    public static void Require(TrainingProblem problem)
    {
        using var elman = new ElmanRival(problem, learningRate: 1);
        using var torch = new TorchRival(problem, learningRate: 1);
        RequireClose(problem.Shape, "loss", [elman.TakeStep()], [torch.TakeStep()]);
        foreach (((string name, float[] start), (_, float[] ours), (_, float[] theirs)) in
            problem.Weights.Named.Zip(elman.Weights().Named, torch.Weights().Named))
        {
            RequireClose(problem.Shape, $"gradient by {name}", Moved(start, ours), Moved(start, theirs));
        }
    }

    private static double[] Moved(float[] start, float[] end) => [.. start.Zip(end, (a, b) => (double)a - b)];

    private static void RequireClose(TrainingShape shape, string what, double[] ours, double[] theirs)
    {
        double largest = theirs.Max(Math.Abs);
        if (largest == 0)
            throw new DisagreementException($"{shape}: libtorch's {what} is zero throughout, so there is nothing to compare.");
        for (int i = 0; i < theirs.Length; i++)
            if (!(Math.Abs(ours[i] - theirs[i]) <= Tolerance * largest)) // so that NaN fails too
                throw new DisagreementException($"{shape}: {what}, element {i}, is {ours[i]} with Elman and {theirs[i]} with libtorch.");
    }
}

/// <summary>Two rivals computed different things, so comparing their times would mean nothing.</summary>
/// <param name="message">What differs, and where.</param>
internal sealed class DisagreementException(string message) : Exception(message);
