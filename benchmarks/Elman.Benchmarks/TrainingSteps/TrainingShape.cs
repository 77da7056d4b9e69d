namespace Elman.Benchmarks.TrainingSteps;

/// <summary>The size of a training step.</summary>
/// <param name="Inputs">Values a time step, I.</param>
/// <param name="Hidden">Units, H.</param>
/// <param name="Batch">Sequences, B.</param>
/// <param name="Steps">Time steps of each, T.</param>
public sealed record TrainingShape(int Inputs, int Hidden, int Batch, int Steps) : IComparable
{
    /// <summary>Classes of every shape.</summary>
    public const int Classes = 10;

    /// <summary>The shapes that are measured: from where overhead is everything to where the matrix products are.</summary>
    public static IReadOnlyList<TrainingShape> All { get; } =
    [
        new(3, 5, 4, 6),
        new(1, 32, 32, 60),
        new(12, 64, 32, 29),
        new(28, 128, 128, 28),
        new(64, 256, 64, 100),
    ];

    /// <summary>
    /// Floating-point operations of the recurrent layer's products: <c>2·T·B·H·(I + H)</c> forward, and for a training step three
    /// times that, since backward needs the gradients by the state and by the weights.
    /// </summary>
    public double Flops => 3 * 2.0 * Steps * Batch * Hidden * (Inputs + Hidden);

    /// <summary>Orders tables by the amount of work.</summary>
    public int CompareTo(object? obj) => Flops.CompareTo(((TrainingShape?)obj)?.Flops ?? 0);

    /// <inheritdoc/>
    public override string ToString() => $"I{Inputs} H{Hidden} B{Batch} T{Steps}";
}
