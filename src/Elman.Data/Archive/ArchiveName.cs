namespace Elman.Data;

/// <summary>Names of data sets of an archive, which become parts of URLs and paths.</summary>
internal static class ArchiveName
{
    private const int Longest = 80;

    // Windows treats these as devices in any folder.
    private static readonly string[] _devices = ["CON", "PRN", "AUX", "NUL"];

    /// <summary>Checks that a name is safe in URLs and paths.</summary>
    /// <exception cref="ArgumentException">The name is not valid.</exception>
    public static void Check(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        bool isSafe = name.Length is > 0 and <= Longest && char.IsAsciiLetterOrDigit(name[0])
            && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') && !IsDevice(name);
        if (!isSafe)
            throw new ArgumentException($"'{(name.Length > Longest ? name[..Longest] + "…" : name)}' is not a valid data set name; "
                + "names have letters, digits, - and _, such as JapaneseVowels.", nameof(name));
    }

    private static bool IsDevice(string name) => _devices.Contains(name, StringComparer.OrdinalIgnoreCase)
        || (name.Length == 4 && char.IsAsciiDigit(name[3])
            && (name.StartsWith("COM", StringComparison.OrdinalIgnoreCase) || name.StartsWith("LPT", StringComparison.OrdinalIgnoreCase)));
}
