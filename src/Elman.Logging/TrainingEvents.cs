namespace Elman.Logging;

/// <summary>The event ids of the log. They do not change from version to version.</summary>
public static class TrainingEvents
{
    /// <summary>An epoch ended. Level Information.</summary>
    public const int EpochEnded = 1;

    /// <summary>A step, at a limited rate (<see cref="TrainingLogger.StepInterval"/>). Level Debug.</summary>
    public const int Step = 2;

    /// <summary>A candidate of the automatic choice ended. Level Information.</summary>
    public const int CandidateEnded = 3;

    /// <summary>A step of a candidate of the automatic choice, at the same limited rate. Level Debug.</summary>
    public const int CandidateStep = 4;

    /// <summary>Training diverged and went on with a smaller learning rate. Level Warning.</summary>
    public const int Diverged = 5;

    /// <summary>Training ended (<see cref="TrainingLogger.Ended"/>). Level Information.</summary>
    public const int TrainingEnded = 6;

    /// <summary>A warning in words, such as of a checkpoint (<see cref="TrainingLogger.ForWarnings"/>). Level Warning.</summary>
    public const int Warning = 7;
}
