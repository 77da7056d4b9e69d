namespace Elman.Kernels;

/// <summary>A reusable spinning barrier for the parts of a job, which wait for each other within time steps.</summary>
/// <remarks>Every part needs a separate thread, so a job may have no more parts than there are workers.</remarks>
internal sealed class StepBarrier
{
    private long _arrived;

    /// <summary>Resets the barrier; no part may be waiting.</summary>
    public void Reset() => Volatile.Write(ref _arrived, 0);

    /// <summary>
    /// Lets all parts pass from now on: for a part that failed and will not arrive again. The results of the others are then undefined.
    /// </summary>
    public void Break() => Volatile.Write(ref _arrived, long.MaxValue / 2);

    /// <summary>Waits until all parts have arrived the same number of times as this one.</summary>
    /// <param name="passed">The number of arrivals that the part has waited for so far; starts at 0, one variable for each part.</param>
    /// <param name="parts">The number of parts.</param>
    public void Wait(ref long passed, int parts)
    {
        passed += parts;
        Interlocked.Increment(ref _arrived);
        var spin = new SpinWait();
        for (int i = 0; Volatile.Read(ref _arrived) < passed; i++)
        {
            if (i < 2000)
                Thread.SpinWait(4); // about the time of a step
            else
                spin.SpinOnce(sleep1Threshold: -1); // the other part is not running: yield the processor
        }
    }
}
