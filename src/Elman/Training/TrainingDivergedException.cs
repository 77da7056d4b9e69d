namespace Elman;

/// <summary>The exception for diverged training: the loss or a weight is no longer finite.</summary>
public sealed class TrainingDivergedException : Exception
{
    /// <summary>Creates an exception with the default message.</summary>
    public TrainingDivergedException()
        : base("Training diverged.")
    {
    }

    /// <summary>Creates an exception with a message.</summary>
    /// <param name="message">What happened, where, and what to try.</param>
    public TrainingDivergedException(string message)
        : base(message)
    {
    }

    /// <summary>Creates an exception with a message and a cause.</summary>
    /// <param name="message">What happened, where, and what to try.</param>
    /// <param name="innerException">The cause.</param>
    public TrainingDivergedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>The epoch in which it was noticed, from 1; 0 if that is not known.</summary>
    public int Epoch { get; init; }
}
