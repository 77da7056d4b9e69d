using System.Globalization;
using System.Reflection;
using Elman.Files;

namespace Elman.Checkpoints;

/// <summary>What must be the same for a training to continue: its data, its options, and the version of the library.</summary>
/// <param name="Data">A hash of the data.</param>
/// <param name="Options">A hash of the options.</param>
internal sealed record CheckpointIdentity(ulong Data, ulong Options)
{
    /// <summary>The key of the format version, by which a checkpoint is known.</summary>
    public const string VersionKey = "elman.checkpoint";

    private const string FormatVersion = "1", LibraryKey = "elman.library", DataKey = "elman.data", OptionsKey = "elman.options";

    private static readonly string _library = typeof(CheckpointIdentity).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    /// <summary>Adds the identity to the texts of a file.</summary>
    public void Write(IDictionary<string, string> texts)
    {
        texts[VersionKey] = FormatVersion;
        texts[LibraryKey] = _library;
        texts[DataKey] = Text(Data);
        texts[OptionsKey] = Text(Options);
    }

    /// <summary>Returns the difference between this training and that of a file as a phrase, or <see langword="null"/>.</summary>
    public string? DifferenceTo(Safetensors file)
    {
        if (file.Metadata[VersionKey] != FormatVersion)
            return "another version of Elman";
        string? library = file.Metadata.GetValueOrDefault(LibraryKey);
        return library != _library ? $"another version of Elman ({library}; this is {_library})"
            : file.Metadata.GetValueOrDefault(OptionsKey) != Text(Options) ? "other options"
            : file.Metadata.GetValueOrDefault(DataKey) != Text(Data) ? "other data or another starting model"
            : null;
    }

    private static string Text(ulong hash) => hash.ToString("x16", CultureInfo.InvariantCulture);
}
