namespace Elman.Comparison.Problems;

/// <summary>The size of a piece of work.</summary>
/// <param name="Inputs">Values a time step, I.</param>
/// <param name="Hidden">Units, H.</param>
/// <param name="Batch">Sequences, B.</param>
/// <param name="Steps">Time steps of the longest, T.</param>
internal sealed record Shape(int Inputs, int Hidden, int Batch, int Steps)
{
    /// <summary>Classes of every model.</summary>
    public const int Classes = 10;

    /// <summary>The seven sizes of the main tables: from where overhead is everything to where the matrix products are.</summary>
    public static IReadOnlyList<Shape> Grid { get; } =
    [
        new(3, 5, 4, 6),
        new(1, 32, 32, 60),
        new(12, 64, 32, 29),
        new(1, 128, 64, 60),
        new(28, 128, 128, 28),
        new(64, 256, 64, 100),
        new(128, 512, 64, 50),
    ];

    /// <summary>Floating-point operations of the recurrent layer's products, forward: <c>2·G·H·(I + H)</c> for every real step of every sequence.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="realSteps">Steps of all sequences together, padding not counted.</param>
    public double Flops(Cell cell, long realSteps) => 2.0 * realSteps * cell.Gates * Hidden * (Inputs + Hidden);

    /// <inheritdoc/>
    public override string ToString() => $"{Inputs},{Hidden},{Batch},{Steps}";
}
