namespace Elman.Training;

/// <summary>How far back in time gradients go, and how much of a pass is kept for them.</summary>
/// <param name="Truncate">Steps of a window that gradients don't leave; 0 for the whole sequence.</param>
/// <param name="Checkpoint">Whether only some states are kept, and the steps between them run twice.</param>
internal readonly record struct Bptt(int Truncate, bool Checkpoint)
{
    /// <summary>
    /// How many of some steps are kept at a time. With checkpoints √T: as many windows as a window has steps, so that the states before
    /// them and the steps of one weigh alike.
    /// </summary>
    public int WindowOf(int steps) =>
        Truncate > 0 ? Math.Min(Truncate, steps) : Checkpoint ? (int)Math.Ceiling(Math.Sqrt(steps)) : steps;
}
