using System.Buffers;
using System.Text;

namespace Elman.Cli.Reports;

/// <summary>Quotes arguments for a POSIX shell.</summary>
internal static class ShellWord
{
    // Characters that never need quotes.
    private static readonly SearchValues<char> _plain = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-./:,+@%");

    /// <summary>
    /// Returns the argument, in single quotes if needed (POSIX.1-2024, Shell Command Language, 2.2.2); in dollar-single-quotes (2.2.4) if
    /// it has characters that act on a terminal.
    /// </summary>
    public static string Quote(string word) =>
        word.Length > 0 && !word.AsSpan().ContainsAnyExcept(_plain)
            ? word
            : !ReferenceEquals(MessageText.Visible(word), word)
            ? $"$'{string.Concat(Encoding.UTF8.GetBytes(word).Select(Escaped))}'"
            // A single quote is not allowed inside single quotes.
            : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    private static string Escaped(byte value) => value is > (byte)' ' and < 0x7F and not (byte)'\\' and not (byte)'\''
        ? ((char)value).ToString()
        : $"\\{Convert.ToString(value, 8).PadLeft(3, '0')}";
}
