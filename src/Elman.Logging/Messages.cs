using Microsoft.Extensions.Logging;

namespace Elman.Logging;

/// <summary>The messages whose fields are always the same.</summary>
internal static partial class Messages
{
    [LoggerMessage(TrainingEvents.Diverged, LogLevel.Warning,
        "Training diverged in epoch {DivergedEpoch} and goes on from the last good weights with a third of the learning rate, now "
            + "{LearningRate:G4}. If the result is not good enough, train again with a smaller learning rate.",
        EventName = nameof(TrainingEvents.Diverged))]
    public static partial void Diverged(ILogger logger, int divergedEpoch, double learningRate);

    [LoggerMessage(TrainingEvents.Warning, LogLevel.Warning, "{Warning}", EventName = nameof(TrainingEvents.Warning))]
    public static partial void Warning(ILogger logger, string warning);
}
