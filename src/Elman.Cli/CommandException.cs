namespace Elman.Cli;

/// <summary>The exception for a failed command: the message for the user and the exit status.</summary>
internal sealed class CommandException : Exception
{
    public CommandException()
        : this("The command failed.")
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
