namespace Elman.Data;

/// <summary>A data set of an archive in the cache.</summary>
/// <param name="Name">The name, such as <c>JapaneseVowels</c>.</param>
/// <param name="Folder">The folder with the files of the data set.</param>
/// <param name="Sha256">The SHA-256 of the zip file.</param>
public sealed record ArchiveSet(string Name, string Folder, string Sha256)
{
    /// <summary>The path of the training part.</summary>
    public string TrainPath => Path.Combine(Folder, FileNames(Name)[0]);

    /// <summary>The path of the test part.</summary>
    public string TestPath => Path.Combine(Folder, FileNames(Name)[1]);

    /// <summary>Whether the data set was downloaded by this call; otherwise it was in the cache.</summary>
    public bool WasDownloaded { get; init; }

    /// <summary>Returns the names of the files of a data set.</summary>
    internal static string[] FileNames(string name) => [$"{name}_TRAIN.ts", $"{name}_TEST.ts"];
}
