using Elman.Data;

namespace Elman.Cli;

/// <summary>Converts every exception to a message and an exit status; users do not see stack traces.</summary>
internal static class Failure
{
    /// <summary>Returns the exit status and the message for an exception.</summary>
    public static (int Status, string Sentence) Of(Exception exception)
    {
        (int status, string sentence) = Describe(exception);
        return (status, MessageText.Visible(sentence));
    }

    private static (int Status, string Sentence) Describe(Exception exception) => exception switch
    {
        CommandException e => (e.Status, WithoutParameter(e.Message)),
        DataFileException or ModelFileException => (ExitStatus.WrongInput, WithoutParameter(exception.Message)),
        TrainingDivergedException or CheckpointException => (ExitStatus.Failed, WithoutParameter(exception.Message)),
        ArgumentException => (ExitStatus.WrongInput, WithoutParameter(exception.Message)),
        OutOfMemoryException =>
            (ExitStatus.Failed, "There is not enough memory; try smaller --layers or --batch, or shorter or fewer sequences."),
        OperationCanceledException => (ExitStatus.Failed, "Stopped."),
        DataArchiveException => (ExitStatus.Failed, WithoutParameter(exception.Message)),
        FileNotFoundException { FileName: { } name } => (ExitStatus.Failed, $"{name}: {FileProblem.ReasonOf(exception)}."),
        IOException or UnauthorizedAccessException =>
            (ExitStatus.Failed, $"A file can't be read or written: {FileProblem.ReasonOf(exception)}."),
        _ => (ExitStatus.Failed, $"This should not have happened: {Innermost(exception).Message} "
            + $"({Innermost(exception).GetType().Name}). Please report it with the command you gave."),
    };

    /// <summary>Returns the message without the parameter name that .NET appends.</summary>
    public static string WithoutParameter(ArgumentException exception) => WithoutParameter(exception.Message);

    private static string WithoutParameter(string message)
    {
        const string Begin = " (Parameter '", End = "')", Value = "Actual value was ";
        int begin = message.IndexOf(Begin, StringComparison.Ordinal);
        int end = begin < 0 ? -1 : message.IndexOf(End, begin, StringComparison.Ordinal);
        if (end < 0)
            return message;
        string rest = message[(end + End.Length)..];
        int value = rest.IndexOf(Value, StringComparison.Ordinal);
        return message[..begin] + (value >= 0 && string.IsNullOrWhiteSpace(rest[..value]) ? "" : rest);
    }

    /// <summary>Returns the original exception, if a type initialiser failed.</summary>
    public static Exception Innermost(Exception exception) =>
        exception is TypeInitializationException { InnerException: { } inner } ? Innermost(inner) : exception;
}
