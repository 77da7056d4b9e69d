namespace Elman;

/// <summary>
/// The exception for a checkpoint that training can't use: of other data, options or version, or one that can't be read or written.
/// </summary>
public sealed class CheckpointException : IOException
{
    /// <summary>Creates an exception with the default message.</summary>
    public CheckpointException()
        : base("The checkpoint can't be used.")
    {
    }

    /// <summary>Creates an exception with a message.</summary>
    /// <param name="message">What is wrong, and what to do.</param>
    public CheckpointException(string message)
        : base(message)
    {
    }

    /// <summary>Creates an exception with a message and a cause.</summary>
    /// <param name="message">What is wrong, and what to do.</param>
    /// <param name="innerException">The cause.</param>
    public CheckpointException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
