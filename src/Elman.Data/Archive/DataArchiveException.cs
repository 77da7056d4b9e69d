namespace Elman.Data;

/// <summary>
/// The exception for a data set of an archive that can't be downloaded or is not valid. The message states the problem and what to do.
/// </summary>
public sealed class DataArchiveException : IOException
{
    /// <summary>Creates an exception.</summary>
    /// <param name="message">The problem and what to do, in one sentence.</param>
    /// <param name="innerException">The exception that caused the problem, if there is one.</param>
    public DataArchiveException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
