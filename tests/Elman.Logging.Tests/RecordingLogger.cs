using Microsoft.Extensions.Logging;

namespace Elman.Logging.Tests;

/// <summary>A logger that keeps its entries.</summary>
public sealed class RecordingLogger(LogLevel least) : ILogger
{
    /// <summary>The entries, oldest first.</summary>
    public List<Entry> Entries { get; } = [];

    /// <summary>The entries of an event.</summary>
    public IReadOnlyList<Entry> Of(int id) => [.. Entries.Where(entry => entry.Event.Id == id)];

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= least;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        Assert.True(IsEnabled(logLevel), "An entry of a level that is switched off costs time.");
        var fields = (IReadOnlyList<KeyValuePair<string, object?>>)state!;
        Entries.Add(new Entry(logLevel, eventId, formatter(state, exception), fields.ToDictionary()));
    }

    /// <summary>An entry.</summary>
    public sealed record Entry(LogLevel Level, EventId Event, string Text, IReadOnlyDictionary<string, object?> Fields);
}
