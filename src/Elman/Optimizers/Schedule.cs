namespace Elman.Optimizers;

/// <summary>The learning rate at each step of training.</summary>
internal static class Schedule
{
    /// <summary>Cosine: <c>η·½·(1 + cos(π·step/steps))</c>; constant: η.</summary>
    /// <param name="schedule">The schedule.</param>
    /// <param name="learningRate">η, the rate at the first step.</param>
    /// <param name="step">The step, from 0.</param>
    /// <param name="steps">The total number of steps.</param>
    public static double RateAt(LearningRateSchedule schedule, double learningRate, long step, long steps) => schedule switch
    {
        LearningRateSchedule.Constant => learningRate,
        LearningRateSchedule.Cosine => learningRate * 0.5 * (1 + Math.Cos(Math.PI * step / steps)),
        _ => throw new ArgumentOutOfRangeException(nameof(schedule), schedule, "Not a schedule."),
    };
}
