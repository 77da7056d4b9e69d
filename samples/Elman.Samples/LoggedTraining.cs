using Elman.Logging;
using Microsoft.Extensions.Logging;

namespace Elman.Samples;

/// <summary>Training that logs its progress. A program has its own ILogger, such as one from a LoggerFactory or of a host.</summary>
public static class LoggedTraining
{
    /// <summary>Trains with a log and a second callback.</summary>
    /// <param name="output">Receives the printed text.</param>
    public static void Run(TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(output);
        ILogger logger = new Lines(output);
        var log = new TrainingLogger(logger);
        using var classifier = new SequenceClassifier(new TrainingOptions { Cell = "gru", Model = new() { Layers = [16] }, Epochs = 200 });
        TrainingSummary summary = classifier.FitWithCallback(SineData.Create(100, seed: 1), new TrainingCallbacks(log, new TwoEpochs()));
        log.Ended(summary);
    }

    private sealed class TwoEpochs : ITrainingCallback
    {
        public bool AfterEpoch(TrainingProgress progress) => progress.Epoch < 2;
    }

    /// <summary>Writes a line for each entry, of the fields that are the same on every machine.</summary>
    private sealed class Lines(TextWriter output) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            IEnumerable<string> fields = ((IReadOnlyList<KeyValuePair<string, object?>>)state!)
                .Where(field => field.Key is "Epoch" or "Loss" or "Cancelled")
                .Select(field => $"{field.Key} {(field.Value is double number ? $"{number:0.000}" : field.Value)}");
            output.WriteLine($"A log: {logLevel} {eventId.Name}: {string.Join(", ", fields)}");
        }
    }
}
