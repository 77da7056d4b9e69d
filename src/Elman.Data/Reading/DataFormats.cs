namespace Elman.Data;

/// <summary>The formats of <see cref="DataFile"/>: text formats and registered formats.</summary>
internal static class DataFormats
{
    private static readonly Lock _lock = new();

    // Extensions of packages that exist but may not have been registered.
    private static readonly string[] _columnar = [".parquet", ".arrow", ".feather", ".ipc"];

    private static readonly string[] _text = [".ts", ".csv", ".tsv", ".txt", ".arff", ".jsonl", ".ndjson"];

    private static volatile DataFormat[] _registered = [new NumpyFormat()];
    private static volatile string[] _extensions = ExtensionsOf(_registered);

    /// <summary>The extensions of text formats, which <c>.gz</c> may follow.</summary>
    public static IReadOnlyList<string> OfText => _text;

    /// <summary>All extensions that can be read.</summary>
    public static IReadOnlyList<string> Extensions => _extensions;

    /// <summary>All extensions that can be written.</summary>
    public static IEnumerable<string> Writable => Extensions.Where(CanWrite);

    /// <summary>Adds a format. A format that is already registered, or another one with its type and extensions, has no effect.</summary>
    /// <exception cref="ArgumentException">An extension is not valid, or belongs to another format.</exception>
    public static void Add(DataFormat format)
    {
        lock (_lock)
        {
            if (Array.Exists(_registered, other => IsSame(other, format)))
                return;
            foreach (string extension in format.Extensions)
            {
                if (extension is not ['.', _, ..] || extension.Contains("..", StringComparison.Ordinal) || extension is ".gz"
                    || extension.Any(char.IsUpper))
                    throw new ArgumentException(
                        $"{Quoted(extension)} is not a valid extension; it must be a dot and lower-case letters, such as .parquet.",
                        nameof(format));
                if (_extensions.Contains(extension))
                    throw new ArgumentException($"The extension {extension} is already registered by another format; choose another "
                        + "one.", nameof(format));
            }
            _registered = [.. _registered, format];
            _extensions = ExtensionsOf(_registered);
        }
    }

    /// <summary>Returns the registered format of an extension, or <see langword="null"/> if it is that of a text format.</summary>
    public static DataFormat? Find(string extension) => Array.Find(_registered, format => format.Extensions.Contains(extension));

    /// <summary>Whether files of an extension can be written.</summary>
    public static bool CanWrite(string extension) => Find(extension)?.CanWrite(extension)
        ?? (extension != ".txt" && OfText.Contains(extension));

    /// <summary>Lists the formats that can be read or written, for a message about another file.</summary>
    public static string Describe(IEnumerable<string> extensions) => $"{string.Join(", ", extensions)}, and text formats followed by .gz";

    /// <summary>Returns a hint for an extension of another package; else an empty string.</summary>
    public static string Hint(string path) => _columnar.Contains(Path.GetExtension(path).ToLowerInvariant())
        && !_columnar.Any(_extensions.Contains)
        ? " For this one, add the package Elman.Data.Columnar and call ColumnarFormats.Register()."
        : "";

    private static bool IsSame(DataFormat one, DataFormat other) =>
        ReferenceEquals(one, other) || (one.GetType() == other.GetType() && one.Extensions.SequenceEqual(other.Extensions));

    private static string[] ExtensionsOf(DataFormat[] registered) => [.. _text, .. registered.SelectMany(format => format.Extensions)];
}
