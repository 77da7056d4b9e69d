using System.Buffers;

namespace Elman.Cli.Reports;

/// <summary>Quotes arguments for a POSIX shell.</summary>
internal static class ShellWord
{
    // Characters that never need quotes.
    private static readonly SearchValues<char> _plain = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-./:,+@%");

    /// <summary>Returns the argument, in single quotes if needed (POSIX.1-2024, Shell Command Language, 2.2.2).</summary>
    public static string Quote(string word) =>
        word.Length > 0 && !word.AsSpan().ContainsAnyExcept(_plain)
            ? word
            // A single quote is not allowed inside single quotes.
            : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
