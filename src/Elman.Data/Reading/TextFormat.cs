namespace Elman.Data;

/// <summary>The format of a file, determined by its name.</summary>
/// <param name="Extension">One of <see cref="DataFile.Extensions"/>.</param>
/// <param name="IsCompressed">Whether the file is compressed text.</param>
internal sealed record TextFormat(string Extension, bool IsCompressed)
{
    private const string Gzip = ".gz";

    /// <summary>Returns the format of a file by its name, or <see langword="null"/> if it has none.</summary>
    public static TextFormat? Find(string name)
    {
        bool isCompressed = name.EndsWith(Gzip, StringComparison.OrdinalIgnoreCase);
        string extension = Path.GetExtension(isCompressed ? name[..^Gzip.Length] : name);
        return (isCompressed ? DataFormats.OfText : DataFormats.Extensions).FirstOrDefault(
            e => e.Equals(extension, StringComparison.OrdinalIgnoreCase)) is { } found
            ? new TextFormat(found, isCompressed)
            : null;
    }

    /// <summary>Describes the extension of a file of unknown format, for messages.</summary>
    public static string Describe(string path)
    {
        string extension = Path.GetExtension(path);
        if (extension.Equals(Gzip, StringComparison.OrdinalIgnoreCase))
            extension = Path.GetExtension(Path.GetFileNameWithoutExtension(path)) + extension;
        return extension.Length == 0 ? "a file without extension" : Quoted(extension);
    }
}
