namespace Elman.Onnx;

/// <summary>ONNX Runtime can't load or run a graph.</summary>
public sealed class OnnxCheckException : Exception
{
    /// <summary>Creates the exception.</summary>
    public OnnxCheckException()
    {
    }

    /// <summary>Creates the exception with a message.</summary>
    /// <param name="message">The message.</param>
    public OnnxCheckException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with a message and its cause.</summary>
    /// <param name="message">The message.</param>
    /// <param name="innerException">The cause.</param>
    public OnnxCheckException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
