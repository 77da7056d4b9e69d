using System.Globalization;
using Microsoft.ML.Runtime;

namespace Elman.MachineLearning;

/// <summary>Messages about a training in the log of ML.NET.</summary>
internal static class TrainingLog
{
    public const string Source = "RecurrentNetwork";

    /// <summary>Writes the summary of a training, with warnings about what a caller should know.</summary>
    public static void Write(IHostEnvironment environment, TrainingSummary summary)
    {
        using IChannel channel = environment.Start(Source);
        channel.Info(MessageSensitivity.None, string.Create(CultureInfo.InvariantCulture,
            $"Training ended: {Amount.Of(summary.Sequences, "sequence")}, {Amount.Of(summary.Epochs, "epoch")}, training loss "
                + $"{summary.TrainLoss:G4}{(summary.ValidationLoss is { } loss ? $", validation loss {loss:G4}" : "")}."));
        if (summary.DivergedEpoch is { } epoch)
            channel.Warning(MessageSensitivity.None, FormattableString.Invariant($"Training diverged in epoch {epoch} and went on ")
                + "from the last good weights with a third of the learning rate. If the result is not good enough, train again with a "
                + "smaller LearningRate.");
        if (summary.HasLearned is false)
            channel.Warning(MessageSensitivity.None, "The model has not learned: its predictions are no better than a guess without the "
                + "data. Check that labels belong to their sequences; try more Epochs, another LearningRate or another Cell.");
    }
}
