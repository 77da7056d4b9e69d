namespace Elman.Tests;

/// <summary>A folder of its own for a test; it goes with the test.</summary>
public sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("elman-tests-");

    /// <summary>The names of what lies in it, in order.</summary>
    public string[] Names => [.. _folder.EnumerateFileSystemInfos().Select(entry => entry.Name).Order(StringComparer.Ordinal)];

    /// <summary>A path in it.</summary>
    public string File(string name) => Path.Combine(_folder.FullName, name);

    /// <summary>A file in it with the given bytes.</summary>
    public string File(string name, ReadOnlySpan<byte> content)
    {
        System.IO.File.WriteAllBytes(File(name), content);
        return File(name);
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
