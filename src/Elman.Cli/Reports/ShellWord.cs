using System.Buffers;

namespace Elman.Cli.Reports;

/// <summary>Writes words so that a POSIX shell takes them for one word and changes nothing in them.</summary>
internal static class ShellWord
{
    // What needs no quotes wherever it stands in a word.
    private static readonly SearchValues<char> _plain = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-./:,+@%");

    /// <summary>The word, in single quotes if it needs them (POSIX.1-2024, Shell Command Language, 2.2.2).</summary>
    public static string Quote(string word) =>
        word.Length > 0 && !word.AsSpan().ContainsAnyExcept(_plain)
            ? word
            // A single quote can't stand between single quotes.
            : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
