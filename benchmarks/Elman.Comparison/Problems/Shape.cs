namespace Elman.Comparison.Problems;

/// <summary>The size of a piece of work.</summary>
/// <param name="Inputs">The number of values per time step, I.</param>
/// <param name="Hidden">The number of units, H.</param>
/// <param name="Batch">The number of sequences, B.</param>
/// <param name="Steps">The number of time steps of the longest sequence, T.</param>
internal sealed record Shape(int Inputs, int Hidden, int Batch, int Steps)
{
    /// <summary>The number of stacked layers.</summary>
    public int Layers { get; init; } = 1;

    /// <summary>The number of directions: 1, or 2 if every layer also reads backward.</summary>
    public int Directions { get; init; } = 1;

    /// <summary>The outputs that the linear layer reads.</summary>
    public Readout Readout { get; init; } = Readout.Last;

    /// <summary>The number of outputs of a layer.</summary>
    public int Width => Hidden * Directions;

    /// <summary>The number of classes of every model.</summary>
    public const int Classes = 10;

    /// <summary>The seven sizes of the main tables: from those dominated by overhead to those dominated by matrix products.</summary>
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

    /// <summary>The sizes of the tables of stacks: two bidirectional layers.</summary>
    public static IReadOnlyList<Shape> Stacks { get; } =
        [.. Grid.Where(shape => shape.Hidden is 64 or 128 or 256 && shape.Inputs > 1)
            .Select(shape => shape with { Layers = 2, Directions = 2 })];

    /// <summary>
    /// Returns the number of floating-point operations of the recurrent layers' products, forward: <c>2·G·H·(I + H)</c> for every real step
    /// of every sequence, for each layer and direction.
    /// </summary>
    /// <param name="cell">The cell.</param>
    /// <param name="realSteps">The total number of steps of all sequences, without padding.</param>
    public double Flops(Cell cell, long realSteps) =>
        2.0 * realSteps * cell.Gates * Hidden * Directions * Enumerable.Range(0, Layers)
            .Sum(layer => InputsOf(layer) + (cell.HasRecurrentWeights ? Hidden : 0));

    /// <summary>Returns the number of inputs of a layer.</summary>
    public int InputsOf(int layer) => layer == 0 ? Inputs : Width;

    /// <inheritdoc/>
    public override string ToString() =>
        $"{Inputs},{Hidden},{Batch},{Steps}{(Layers * Directions == 1 ? "" : $",{Layers}x{Directions}")}"
            + $"{(Readout == Readout.Last ? "" : $",{Readout.ToString().ToLowerInvariant()}")}";
}
