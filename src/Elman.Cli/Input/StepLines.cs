using System.Globalization;
using System.Text;
using Elman.Cli.Output;
using Elman.Cli.Reports;
using Elman.Cli.Tasks;
using Elman.Data;

namespace Elman.Cli.Input;

/// <summary>Reads steps from lines such as <c>1.5,2,-3</c>, and writes a prediction for each before it reads the next.</summary>
internal static class StepLines
{
    /// <summary>Processes lines until the input ends.</summary>
    /// <param name="input">The input.</param>
    /// <param name="task">The model.</param>
    /// <param name="session">Processes the steps.</param>
    /// <param name="format">The format of the predictions.</param>
    /// <param name="terminal">Receives the predictions; each is flushed.</param>
    /// <exception cref="CommandException">A line is not a valid step.</exception>
    public static void Answer(Stream input, TaskRun task, SequenceSession session, PredictionFormat format, Terminal terminal)
    {
        TextWriter output = terminal.Output;
        using var lines = new StreamReader(input, new UTF8Encoding(false), bufferSize: 1 << 12);
        // Output is buffered, because a write to a terminal or a pipe costs more than a step.
        using var answer = new StringWriter(CultureInfo.InvariantCulture);
        var writer = new AnswerWriter(answer, format);
        float[] values = new float[task.Estimator.Channels];
        TableColumns? columns = task.Estimator.Columns;
        Resampling? resampling = columns?.Resampled;
        IReadOnlyList<Vocabulary?> texts = task.Estimator.Vocabularies;
        bool isText = texts is [not null], isTold = task.Estimator is SequenceForecaster { Calendar: not CalendarCycles.None };
        if (isText && resampling is not null)
            throw new CommandException("The model was trained on resampled text (--resample), which needs times; give a file with times "
                + "instead of --stream.");
        string? whyTimed = resampling is not null
            ? $"the model was trained on steps of {Figures.Interval(resampling.Interval)} (--resample)"
            : isTold ? "the model uses calendar features" : null;
        ResampledSteps? gathered = resampling is null ? null : new(resampling, values.Length);
        var forecaster = resampling is null ? task.Estimator as SequenceForecaster : null;
        var times = new LineTimes(forecaster?.Interval, forecaster?.LongestInterval,
            warning => terminal.Warn(warning));
        bool isLong = false;
        int sequence = 0;
        for (long line = 1; !terminal.IsReaderGone() && lines.ReadLine() is { } text; line++)
        {
            if (isText ? text.Length == 0 : string.IsNullOrWhiteSpace(text))
            {
                sequence += session.Steps > 0 ? 1 : 0;
                session.Reset();
                gathered?.Reset();
                times.Reset();
                isLong = false;
                continue;
            }
            (ReadOnlyMemory<char> step, DateTimeOffset? time) = whyTimed is not null
                ? WithTime(text, line, columns?.TimeFormat, whyTimed)
                : (text.AsMemory(), null);
            if (time is { } now)
                times.Take(now, line);
            foreach (float number in isText ? Symbols(text, texts[0]!, line) : [0])
            {
                if (isText)
                    values[0] = number;
                else
                    Parse(step.Span, values, line, task.Estimator);
                if (gathered is not null)
                {
                    using SequenceSession soFar = Gather(gathered, session, values, time!.Value, isTold, line);
                    Write(task, soFar, sequence, writer, line);
                    continue;
                }
                Step(session, values, isTold ? time : null, line);
                Write(task, session, sequence, writer, line);
            }
            if (columns?.Windowing is { } windows && session.Steps > windows.Length && !isLong)
            {
                isLong = true;
                terminal.Warn($"line {line} of standard input is step {session.Steps} of its sequence; the "
                    + $"model was trained on windows of {Figures.Count(windows.Length, "step")} (--window). Put an empty line before "
                    + "the next window.");
            }
            StringBuilder written = answer.GetStringBuilder();
            output.Write(written);
            output.Flush();
            written.Clear();
        }
    }

    /// <summary>
    /// Adds values to resampled steps: complete steps go into the session, and the prediction is that of the sequence so far, whose last
    /// step is incomplete, as in a file.
    /// </summary>
    /// <returns>A session that includes this step; the caller disposes it.</returns>
    private static SequenceSession Gather(
        ResampledSteps gathered, SequenceSession session, float[] values, DateTimeOffset time, bool isTold, long line)
    {
        float[] step = new float[values.Length];
        while (gathered.TryTake(time, step, out DateTimeOffset start))
            Step(session, step, isTold ? start : null, line);
        gathered.Add(values, time);
        DateTimeOffset open = gathered.Peek(step);
        SequenceSession soFar = session.Copy();
        Step(soFar, step, isTold ? open : null, line);
        return soFar;
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
            throw new CommandException($"Line {line} of standard input: up to this line, which is step {session.Steps} of its sequence, "
                + "the values are so large that the model can't compute with them. Check their units.", e);
        }
    }

    /// <summary>Writes the prediction after a step.</summary>
    private static void Write(TaskRun task, SequenceSession session, int sequence, AnswerWriter writer, long line)
    {
        try
        {
            task.WriteStep(session, sequence, writer);
        }
        catch (ArgumentException e)
        {
            throw new CommandException($"Line {line} of standard input: {Failure.WithoutParameter(e)}", e);
        }
    }

    /// <summary>Splits a line for a model that needs times into the time of the step and its values.</summary>
    private static (ReadOnlyMemory<char> Step, DateTimeOffset? Time) WithTime(string text, long line, string? format, string why)
    {
        int end = text.IndexOf(',', StringComparison.Ordinal);
        return end > 0 && DataFile.TryParseTime(text[..end], format, out DateTimeOffset time)
            ? (text.AsMemory(end + 1), time)
            : throw new CommandException($"Line {line} of standard input does not begin with a time; {why}, so a line must look like "
                + "2024-05-31 12:00,1.5.");
    }

    /// <summary>Returns the symbols of a line of text; each is a step.</summary>
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
            if (isMissing && model.Options.Inputs.Missing == MissingValues.Refuse)
                throw new CommandException($"Line {line} of standard input has no value {found + 1} ({Quoted(part.ToString())}); "
                    + "the model was trained without --missing and takes no missing values. Write a number.");
            if (!isMissing && !isNumber)
                throw new CommandException(
                    $"Line {line} of standard input: {Quoted(part.ToString())} is not a finite number; a line has the values of one step, "
                        + "separated by commas.");
            if (offsets.OfChannel(found) is not 0 and var offset && isNumber)
                value = (float)(double.Parse(part, NumberStyles.Float, CultureInfo.InvariantCulture) - offset);
            if (found < values.Length)
                values[found] = value;
            found++;
        }
        if (found != values.Length)
            throw new CommandException($"Line {line} of standard input has {found} values; a step of this model has {values.Length}. Write "
                + "these, separated by commas.");
    }

    private static bool IsMissing(ReadOnlySpan<char> field)
    {
        foreach (string mark in DataFile.MissingMarks)
            if (field.Equals(mark, StringComparison.OrdinalIgnoreCase))
                return true;
        return false;
    }
}
