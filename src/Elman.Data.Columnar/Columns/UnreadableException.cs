namespace Elman.Data.Columnar;

/// <summary>The exception for a part of a file that can't be read; the message is the reason, as part of a sentence.</summary>
internal sealed class UnreadableException(string message) : Exception(message);
