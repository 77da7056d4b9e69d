namespace Elman.Data;

/// <summary>The folder that keeps data sets of an archive, each in a folder that is complete or not there.</summary>
internal static class ArchiveFolder
{
    private const string Temporary = ".tmp";

    private static readonly TimeSpan _interval = TimeSpan.FromMilliseconds(100);

    /// <summary>Waits until no other process gets the same set.</summary>
    /// <returns>What keeps the others waiting until it is closed.</returns>
    public static async Task<FileStream> LockAsync(string cache, string name, Action<string>? remark, CancellationToken cancellation)
    {
        // The file stays: if it went, one process could hold the old one while another holds the new one.
        string path = Path.Combine(cache, $".{name}.lock");
        for (bool isFirst = true; ; isFirst = false)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException e) when (File.Exists(path) && e is not DirectoryNotFoundException)
            {
                if (isFirst)
                    remark?.Invoke($"another process is getting {name}; waiting for it.");
            }
            await Task.Delay(_interval, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Removes what a process left that was ended in the middle.</summary>
    public static void RemoveLeftovers(string cache, string name)
    {
        foreach (string folder in Directory.EnumerateDirectories(cache, $".{name}.*{Temporary}"))
            Directory.Delete(folder, recursive: true);
    }

    /// <summary>Unpacks a set beside its place, and moves it there when it is complete.</summary>
    /// <exception cref="DataArchiveException">The download is not what it should be.</exception>
    public static void Fill(string folder, ZipDownload download, string name, string? sha256, ZipLimits limits)
    {
        string cache = Path.GetDirectoryName(folder)!;
        string temporary = Path.Combine(cache, $".{name}.{Path.GetRandomFileName()}{Temporary}");
        Directory.CreateDirectory(temporary);
        try
        {
            string found = FileHash.Of(download.Path).Sha256;
            if (sha256 is not null && !sha256.Equals(found, StringComparison.OrdinalIgnoreCase))
                throw new DataArchiveException($"{download.Address} has the SHA-256 {found}, not {sha256.ToLowerInvariant()}: it is "
                    + "another file than the one that was meant, or was altered on its way.");
            new ZipUnpacker(download, limits).Unpack(ArchiveSet.FileNames(name), temporary);
            ArchiveManifest.Write(temporary, name, download.Address, found);
            if (Directory.Exists(folder))
                Directory.Move(folder, $"{temporary[..^Temporary.Length]}.old{Temporary}");
            Directory.Move(temporary, folder);
            RemoveLeftovers(cache, name);
        }
        catch
        {
            if (Directory.Exists(temporary))
                Directory.Delete(temporary, recursive: true);
            throw;
        }
    }
}
