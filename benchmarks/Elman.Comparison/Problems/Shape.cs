namespace Elman.Comparison.Problems;

/// <summary>The size of a piece of work.</summary>
/// <param name="Inputs">Values a time step, I.</param>
/// <param name="Hidden">Units, H.</param>
/// <param name="Batch">Sequences, B.</param>
/// <param name="Steps">Time steps of the longest, T.</param>
internal sealed record Shape(int Inputs, int Hidden, int Batch, int Steps)
{
    /// <summary>Layers, one on the other.</summary>
    public int Layers { get; init; } = 1;

    /// <summary>1, or 2 where every layer also reads from the end.</summary>
    public int Directions { get; init; } = 1;

    /// <summary>Which outputs the linear layer sees.</summary>
    public Readout Readout { get; init; } = Readout.Last;

    /// <summary>Values that a layer gives.</summary>
    public int Width => Hidden * Directions;

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

    /// <summary>The sizes of the tables of stacks: two layers that read both ways.</summary>
    public static IReadOnlyList<Shape> Stacks { get; } =
        [.. Grid.Where(shape => shape.Hidden is 64 or 128 or 256 && shape.Inputs > 1)
            .Select(shape => shape with { Layers = 2, Directions = 2 })];

    /// <summary>
    /// Floating-point operations of the recurrent layers' products, forward: <c>2·G·H·(I + H)</c> for every real step of every sequence,
    /// of each layer and direction.
    /// </summary>
    /// <param name="cell">The cell.</param>
    /// <param name="realSteps">Steps of all sequences together, padding not counted.</param>
    public double Flops(Cell cell, long realSteps) =>
        2.0 * realSteps * cell.Gates * Hidden * Directions * Enumerable.Range(0, Layers)
            .Sum(layer => InputsOf(layer) + (cell.HasRecurrentWeights ? Hidden : 0));

    /// <summary>Values that go into a layer.</summary>
    public int InputsOf(int layer) => layer == 0 ? Inputs : Width;

    /// <inheritdoc/>
    public override string ToString() =>
        $"{Inputs},{Hidden},{Batch},{Steps}{(Layers * Directions == 1 ? "" : $",{Layers}x{Directions}")}"
            + $"{(Readout == Readout.Last ? "" : $",{Readout.ToString().ToLowerInvariant()}")}";
}
