namespace Elman.Data;

/// <summary>Messages of exceptions as part of a sentence about a file.</summary>
internal static class ArgumentMessages
{
    /// <summary>Returns the message without the parameter name that .NET adds, which means nothing outside the code.</summary>
    public static string WithoutParameter(this ArgumentException exception)
    {
        string tail = $" (Parameter '{exception.ParamName}')";
        return exception.Message.Replace(tail, "", StringComparison.Ordinal);
    }
}
