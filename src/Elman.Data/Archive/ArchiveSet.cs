namespace Elman.Data;

/// <summary>A data set of an archive, as it is in the cache.</summary>
/// <param name="Name">What it is called, such as <c>JapaneseVowels</c>.</param>
/// <param name="Folder">Where its files are.</param>
/// <param name="Sha256">The SHA-256 of the zip file that they come from.</param>
public sealed record ArchiveSet(string Name, string Folder, string Sha256)
{
    /// <summary>The part to learn from.</summary>
    public string TrainPath => Path.Combine(Folder, FileNames(Name)[0]);

    /// <summary>The part to test on.</summary>
    public string TestPath => Path.Combine(Folder, FileNames(Name)[1]);

    /// <summary>Whether it was downloaded now; otherwise it was there.</summary>
    public bool WasDownloaded { get; init; }

    /// <summary>What the files of a set are called.</summary>
    internal static string[] FileNames(string name) => [$"{name}_TRAIN.ts", $"{name}_TEST.ts"];
}
