using System.Text;
using Elman.Data;

namespace Elman.Cli;

/// <summary>Converts every exception to a message and an exit status; users do not see stack traces.</summary>
internal static class Failure
{
    /// <summary>Returns the exit status and the message for an exception.</summary>
    public static (int Status, string Sentence) Of(Exception exception) => exception switch
    {
        CommandException e => (e.Status, OneLine(e.Message)),
        DataFileException or ModelFileException => (ExitStatus.WrongInput, OneLine(exception.Message)),
        TrainingDivergedException => (ExitStatus.Failed, OneLine(exception.Message)),
        ArgumentException => (ExitStatus.WrongInput, OneLine(exception.Message)),
        OutOfMemoryException =>
            (ExitStatus.Failed, "There is not enough memory; try smaller --layers or --batch, or shorter or fewer sequences."),
        OperationCanceledException => (ExitStatus.Failed, "Stopped."),
        DataArchiveException => (ExitStatus.Failed, OneLine(exception.Message)),
        FileNotFoundException { FileName: { } name } => (ExitStatus.Failed, OneLine($"{name}: {FileProblem.ReasonOf(exception)}.")),
        IOException or UnauthorizedAccessException =>
            (ExitStatus.Failed, OneLine($"A file can't be read or written: {FileProblem.ReasonOf(exception)}.")),
        _ => (ExitStatus.Failed, $"This should not have happened: {OneLine(Innermost(exception).Message)} "
            + $"({Innermost(exception).GetType().Name}). Please report it with the command you gave."),
    };

    /// <summary>Returns the message without the parameter name that .NET appends.</summary>
    public static string WithoutParameter(ArgumentException exception) => WithoutParameter(exception.Message);

    private static string WithoutParameter(string message)
    {
        const string Begin = " (Parameter '", End = "')";
        int begin = message.IndexOf(Begin, StringComparison.Ordinal);
        int end = begin < 0 ? -1 : message.IndexOf(End, begin, StringComparison.Ordinal);
        return end < 0 ? message : message[..begin] + message[(end + End.Length)..];
    }

    /// <summary>Returns the original exception, if a type initialiser failed.</summary>
    public static Exception Innermost(Exception exception) =>
        exception is TypeInitializationException { InnerException: { } inner } ? Innermost(inner) : exception;

    /// <summary>
    /// Returns the text without parameter names, line ends and control characters for a terminal, because file names and labels may contain
    /// any characters.
    /// </summary>
    private static string OneLine(string text)
    {
        var line = new StringBuilder(text.Length);
        foreach (char c in WithoutParameter(text))
            line.Append(char.IsControl(c) ? ' ' : c);
        return line.ToString();
    }
}
