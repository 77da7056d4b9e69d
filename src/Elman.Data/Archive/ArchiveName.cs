namespace Elman.Data;

/// <summary>Names of data sets of an archive, which become parts of addresses and of paths.</summary>
internal static class ArchiveName
{
    private const int Longest = 80;

    // Windows takes these for devices, whatever the folder.
    private static readonly string[] _devices = ["CON", "PRN", "AUX", "NUL"];

    /// <summary>Makes sure that a name has nothing in it that an address or a path would take for more than a name.</summary>
    /// <exception cref="ArgumentException">It has.</exception>
    public static void Check(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        bool isSafe = name.Length is > 0 and <= Longest && char.IsAsciiLetterOrDigit(name[0])
            && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') && !IsDevice(name);
        if (!isSafe)
            throw new ArgumentException($"'{(name.Length > Longest ? name[..Longest] + "…" : name)}' can't be the name of a data set; "
                + "names have letters, digits, - and _, such as JapaneseVowels.", nameof(name));
    }

    private static bool IsDevice(string name) => _devices.Contains(name, StringComparer.OrdinalIgnoreCase)
        || (name.Length == 4 && char.IsAsciiDigit(name[3])
            && (name.StartsWith("COM", StringComparison.OrdinalIgnoreCase) || name.StartsWith("LPT", StringComparison.OrdinalIgnoreCase)));
}
