namespace Elman.Training;

/// <summary>Options of back-propagation through time: truncation and checkpoints.</summary>
/// <param name="Truncate">The number of steps in a window of truncated back-propagation; 0 for the whole sequence.</param>
/// <param name="GradientCheckpointing">Whether only some states are stored, and the steps between them are computed twice.</param>
internal readonly record struct Bptt(int Truncate, bool GradientCheckpointing)
{
    /// <summary>
    /// The number of steps in a window, for a given number of steps T. With checkpoints √T: then there are about as many windows as a
    /// window has steps, so that the stored states and the steps of one window need about equal memory.
    /// </summary>
    public int WindowOf(int steps) =>
        Truncate > 0 ? Math.Min(Truncate, steps) : GradientCheckpointing ? (int)Math.Ceiling(Math.Sqrt(steps)) : steps;
}
