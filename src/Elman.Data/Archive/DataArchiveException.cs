namespace Elman.Data;

/// <summary>A data set of an archive can't be downloaded, or is not valid. The message says what is wrong and what to do.</summary>
public sealed class DataArchiveException : IOException
{
    /// <summary>Creates an exception.</summary>
    /// <param name="message">What is wrong and what to do, in one sentence.</param>
    /// <param name="innerException">What led to the problem, if it was another exception.</param>
    public DataArchiveException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
