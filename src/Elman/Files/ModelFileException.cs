namespace Elman;

/// <summary>The exception for a model file that can't be read or written; the message is one sentence.</summary>
public sealed class ModelFileException : IOException
{
    /// <summary>Creates an exception with the default message.</summary>
    public ModelFileException()
        : base("The model file can't be used.")
    {
    }

    /// <summary>Creates an exception with a message.</summary>
    /// <param name="message">What is wrong, and what to do.</param>
    public ModelFileException(string message)
        : base(message)
    {
    }

    /// <summary>Creates an exception with a message and a cause.</summary>
    /// <param name="message">What is wrong, and what to do.</param>
    /// <param name="innerException">The cause.</param>
    public ModelFileException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>The file's path; <c>stream</c> or <c>bytes</c> if the model is not in a file.</summary>
    public string FilePath { get; init; } = "";

    /// <summary>Creates an exception about a file; the message begins with its path.</summary>
    internal static ModelFileException At(string path, string what, Exception? cause = null) =>
        new($"{path}: {what}", cause!) { FilePath = path };
}
