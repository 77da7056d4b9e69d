using System.Text.Json;
using Elman.Cli.Output;

namespace Elman.Cli.Runs;

/// <summary>The structured log of a run, <c>log.jsonl</c>: a JSON object a line with time, level, event and its values.</summary>
/// <remarks>A log that can't be written does not end training: that is said once.</remarks>
internal sealed class RunLog(RunFolder run, Terminal terminal)
{
    private readonly Lock _lock = new();
    private bool _failed;

    /// <summary>Writes an event.</summary>
    /// <param name="name">The name of the event.</param>
    /// <param name="level">The level: <c>info</c> or <c>warning</c>.</param>
    /// <param name="members">Writes the values of the event.</param>
    public void Write(string name, string level = "info", Action<Utf8JsonWriter>? members = null)
    {
        using var line = new StringWriter();
        JsonText.WriteObject(line, json =>
        {
            json.WriteString("time", terminal.Clock.GetUtcNow());
            json.WriteString("level", level);
            json.WriteString("event", name);
            members?.Invoke(json);
        });
        lock (_lock)
        {
            try
            {
                File.AppendAllText(run.Log, line.ToString());
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                if (!_failed)
                    terminal.Warn($"{run.Log} can't be written: {FileProblem.ReasonOf(e)}.");
                _failed = true;
            }
        }
    }

    /// <summary>Writes a warning to the log and to standard error.</summary>
    public void Warn(string sentence)
    {
        terminal.Warn(sentence);
        Write("warning", "warning", json => json.WriteString("message", sentence));
    }
}
