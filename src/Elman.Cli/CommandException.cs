namespace Elman.Cli;

/// <summary>A command can't go on: the sentence for the person in front of it, and the exit status.</summary>
internal sealed class CommandException : Exception
{
    public CommandException()
        : this("The command can't go on.")
    {
    }

    public CommandException(string message)
        : base(message)
    {
    }

    public CommandException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>The exit status; by default that of wrong input.</summary>
    public int Status { get; init; } = ExitStatus.WrongInput;
}
