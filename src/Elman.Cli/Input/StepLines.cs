using System.Globalization;
using System.Text;
using Elman.Cli.Output;
using Elman.Cli.Tasks;
using Elman.Data;

namespace Elman.Cli.Input;

/// <summary>Steps that come in one a line, <c>1.5,2,-3</c>, each answered before the next is read.</summary>
internal static class StepLines
{
    /// <summary>Answers lines until there are no more.</summary>
    /// <param name="input">Where they come from.</param>
    /// <param name="task">The model.</param>
    /// <param name="session">Takes the steps.</param>
    /// <param name="format">How answers are written.</param>
    /// <param name="output">Where they go: each is flushed.</param>
    /// <exception cref="CommandException">A line is no step.</exception>
    public static void Answer(Stream input, TaskRun task, SequenceSession session, PredictionFormat format, TextWriter output)
    {
        using var lines = new StreamReader(input, new UTF8Encoding(false), bufferSize: 1 << 12);
        // Answers are gathered and given away together, since a terminal or a pipe costs more than a step.
        using var answer = new StringWriter(CultureInfo.InvariantCulture);
        var writer = new AnswerWriter(answer, format);
        float[] values = new float[task.Estimator.Channels];
        bool isTimed = task.Estimator is SequenceForecaster { Calendar: not CalendarCycles.None };
        IReadOnlyList<Vocabulary?> texts = task.Estimator.Vocabularies;
        bool isText = texts is [not null];
        int sequence = 0;
        for (long line = 1; lines.ReadLine() is { } text; line++)
        {
            if (isText ? text.Length == 0 : string.IsNullOrWhiteSpace(text))
            {
                sequence += session.Steps > 0 ? 1 : 0;
                session.Reset();
                continue;
            }
            (ReadOnlyMemory<char> step, DateTimeOffset? time) = isTimed
                ? WithTime(text, line, task.Estimator.Columns?.TimeFormat)
                : (text.AsMemory(), null);
            foreach (float number in isText ? Symbols(text, texts[0]!, line) : [0])
            {
                if (isText)
                    values[0] = number;
                else
                    Parse(step.Span, values, line, task.Estimator);
                Step(session, values, time, line);
                task.WriteStep(session, sequence, writer);
            }
            StringBuilder written = answer.GetStringBuilder();
            output.Write(written);
            output.Flush();
            written.Clear();
        }
    }

    private static void Step(SequenceSession session, float[] values, DateTimeOffset? time, long line)
    {
        try
        {
            if (time is { } when)
                session.Step(values, when);
            else
                session.Step(values);
        }
        catch (ArgumentException e)
        {
            throw new CommandException($"Line {line} of standard input: {Failure.WithoutParameter(e)}", e);
        }
        catch (OverflowException e)
        {
            throw new CommandException($"Line {line} of standard input: {e.Message}", e);
        }
    }

    /// <summary>A line of a model that is told the calendar: the time of the step stands before its values.</summary>
    private static (ReadOnlyMemory<char> Step, DateTimeOffset? Time) WithTime(string text, long line, string? format)
    {
        int end = text.IndexOf(',', StringComparison.Ordinal);
        return end > 0 && DataFile.TryParseTime(text[..end], format, out DateTimeOffset time)
            ? (text.AsMemory(end + 1), time)
            : throw new CommandException($"Line {line} of standard input does not begin with a time; the model is told the calendar, so a "
                + "line is 2024-05-31 12:00,1.5.");
    }

    /// <summary>The symbols of a line of text, each a step.</summary>
    private static float[] Symbols(string text, Vocabulary symbols, long line)
    {
        try
        {
            return symbols.Encode(text);
        }
        catch (ArgumentException e)
        {
            throw new CommandException($"Line {line} of standard input: {Failure.WithoutParameter(e)}", e);
        }
    }

    private static void Parse(ReadOnlySpan<char> text, float[] values, long line, SequenceEstimator model)
    {
        IReadOnlyList<Vocabulary?> texts = model.Vocabularies;
        ValueOffsets offsets = model.Offsets;
        int found = 0;
        foreach (Range field in text.Split(','))
        {
            ReadOnlySpan<char> part = text[field].Trim();
            if (found < texts.Count && texts[found] is { } symbols && !part.IsEmpty)
            {
                values[found++] = symbols.NumberOf(part.ToString());
                continue;
            }
            float value = float.NaN;
            bool isMissing = IsMissing(part), isNumber = !isMissing
                && float.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && float.IsFinite(value);
            if (isMissing && model.Options.Missing == MissingValues.Refuse)
                throw new CommandException($"Line {line} of standard input misses its value {found + 1} ('{part}'); "
                    + "the model was trained without --missing and takes no missing values.");
            if (!isMissing && !isNumber)
                throw new CommandException(
                    $"Line {line} of standard input: '{part}' is no finite number; a line has the values of one step, divided by commas.");
            if (offsets.OfChannel(found) is not 0 and var offset && isNumber)
                value = (float)(double.Parse(part, NumberStyles.Float, CultureInfo.InvariantCulture) - offset);
            if (found < values.Length)
                values[found] = value;
            found++;
        }
        if (found != values.Length)
            throw new CommandException($"Line {line} of standard input has {found} values; a step of this model has {values.Length}.");
    }

    private static bool IsMissing(ReadOnlySpan<char> field)
    {
        foreach (string mark in DataFile.MissingMarks)
            if (field.Equals(mark, StringComparison.OrdinalIgnoreCase))
                return true;
        return false;
    }
}
