namespace Elman.Recurrent;

/// <summary>A part of one step of a layer that one thread computes at a time: a range of units of a range of sequences.</summary>
/// <param name="Step">The step, t.</param>
/// <param name="FirstPlace">The place in the batch of the first sequence.</param>
/// <param name="Rows">The number of consecutive sequences: rows of states, gates and outputs.</param>
/// <param name="FirstUnit">The first unit.</param>
/// <param name="Units">The number of units: all of a layer with padding of the last lane, or whole panels.</param>
internal readonly record struct Tile(int Step, int FirstPlace, int Rows, int FirstUnit, int Units)
{
    /// <summary>Returns the first rows of the tile.</summary>
    public Tile First(int rows) => this with { Rows = rows };

    /// <summary>Returns the rows after the first ones.</summary>
    public Tile After(int rows) => this with { FirstPlace = FirstPlace + rows, Rows = Rows - rows };

    /// <summary>
    /// Returns the tile's units in consecutive vectors as contiguous runs of columns: one run over all vectors, or one for each vector.
    /// </summary>
    /// <param name="vectors">The number of vectors.</param>
    /// <param name="unitStride">The distance from one vector to the next.</param>
    public (int Columns, int Count) Runs(int vectors, int unitStride) => Units == unitStride ? (vectors * unitStride, 1) : (Units, vectors);
}
