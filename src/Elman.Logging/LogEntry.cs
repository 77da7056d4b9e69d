using System.Collections;
using Microsoft.Extensions.Logging;

namespace Elman.Logging;

/// <summary>
/// A log entry whose fields depend on the training: a figure that does not exist, such as the accuracy of a forecaster, is neither a
/// field nor in the text. A message template would have "(null)" there.
/// </summary>
/// <param name="template">The part of the text that is the same for all entries of an event.</param>
internal sealed class LogEntry(string template) : IReadOnlyList<KeyValuePair<string, object?>>
{
    private const string TemplateName = "{OriginalFormat}"; // what log providers group entries by

    private readonly List<KeyValuePair<string, object?>> _fields = [];
    private readonly List<string> _parts = [];

    /// <inheritdoc/>
    public int Count => _fields.Count + 1;

    /// <inheritdoc/>
    public KeyValuePair<string, object?> this[int index] => index == _fields.Count ? new(TemplateName, template) : _fields[index];

    /// <summary>Adds a field.</summary>
    /// <param name="name">The name of the field.</param>
    /// <param name="value">The value.</param>
    /// <param name="text">The value as text, with its name; <see langword="null"/> if the text does not contain it.</param>
    public LogEntry Add(string name, object value, string? text = null)
    {
        _fields.Add(new(name, value));
        if (text is not null)
            _parts.Add(text);
        return this;
    }

    /// <summary>Adds a number as a field and to the text, if there is one: JSON has no NaN, and a missing figure has no field.</summary>
    /// <param name="name">The name of the field.</param>
    /// <param name="label">The name in the text.</param>
    /// <param name="value">The value.</param>
    public LogEntry AddNumber(string name, string label, double? value) =>
        value is { } number && double.IsFinite(number) ? Add(name, number, FormattableString.Invariant($"{label} {number:G4}")) : this;

    /// <summary>Adds a share as a field and, in percent, to the text, if there is one.</summary>
    /// <param name="name">The name of the field.</param>
    /// <param name="label">The name in the text.</param>
    /// <param name="value">The value, 0 to 1.</param>
    public LogEntry AddShare(string name, string label, double? value) => value is { } share && double.IsFinite(share)
        ? Add(name, share, FormattableString.Invariant($"{label} {100 * share:0.0} %"))
        : this;

    /// <summary>Adds a time as a field and to the text, if there is one.</summary>
    /// <param name="name">The name of the field.</param>
    /// <param name="value">The time in seconds.</param>
    public LogEntry AddSeconds(string name, double? value) =>
        value is { } seconds ? Add(name, seconds, FormattableString.Invariant($"{seconds:0.0} s")) : this;

    /// <summary>Writes the entry.</summary>
    public void Write(ILogger logger, LogLevel level, int id, string name) =>
        logger.Log(level, new EventId(id, name), this, null, static (entry, _) => entry.ToString());

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator()
    {
        for (int i = 0; i < Count; i++)
            yield return this[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Returns the text: the template with the values of its fields, then the parts of the other fields.</summary>
    public override string ToString()
    {
        string text = template;
        foreach ((string name, object? value) in _fields)
            text = text.Replace($"{{{name}}}", FormattableString.Invariant($"{value}"), StringComparison.Ordinal);
        return _parts.Count == 0 ? text : $"{text}: {string.Join(", ", _parts)}";
    }
}
