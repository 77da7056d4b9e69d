namespace Elman.Recurrent;

/// <summary>A part of one step of a layer, some units of some sequences: what one thread computes of it at a time.</summary>
/// <param name="Step">The step, t.</param>
/// <param name="FirstPlace">The place in the batch of the first sequence.</param>
/// <param name="Rows">How many sequences, one after the other: rows of states, gates and outputs.</param>
/// <param name="FirstUnit">The first unit.</param>
/// <param name="Units">How many units; all of a layer with those that fill its last lane, or whole panels.</param>
internal readonly record struct Tile(int Step, int FirstPlace, int Rows, int FirstUnit, int Units)
{
    /// <summary>The first rows of it.</summary>
    public Tile First(int rows) => this with { Rows = rows };

    /// <summary>The rows behind the first ones.</summary>
    public Tile After(int rows) => this with { FirstPlace = FirstPlace + rows, Rows = Rows - rows };

    /// <summary>
    /// The units in vectors that follow each other, as runs of columns without a gap: all vectors at once, or one run in each.
    /// </summary>
    /// <param name="vectors">How many vectors.</param>
    /// <param name="unitStride">From one vector to the next.</param>
    public (int Columns, int Count) Runs(int vectors, int unitStride) => Units == unitStride ? (vectors * unitStride, 1) : (Units, vectors);
}
