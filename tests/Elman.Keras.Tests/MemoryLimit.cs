namespace Elman.Keras.Tests;

/// <summary>The memory that an import may take.</summary>
internal static class MemoryLimit
{
    private const long Fixed = 6_000_000;

    /// <summary>Returns the number of bytes for a file: ten times its length, and a few megabytes.</summary>
    public static long Of(byte[] file) => (10L * file.Length) + Fixed;
}
