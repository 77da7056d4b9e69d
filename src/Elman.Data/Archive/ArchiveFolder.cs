namespace Elman.Data;

/// <summary>The cache folder of an archive; each data set is in a folder that is complete or absent.</summary>
internal static class ArchiveFolder
{
    private const string Temporary = ".tmp";

    private static readonly TimeSpan _interval = TimeSpan.FromMilliseconds(100);

    /// <summary>Waits until no other process downloads the same data set.</summary>
    /// <returns>A lock that blocks other processes until it is closed.</returns>
    public static async Task<FileStream> LockAsync(string cache, string name, Action<string>? remark, CancellationToken cancellation)
    {
        // The lock file is not deleted: otherwise one process could lock the old file and another the new one.
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
                    remark?.Invoke($"another process is downloading {name}; waiting for it.");
            }
            await Task.Delay(_interval, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Removes the leftovers of an aborted process.</summary>
    public static void RemoveLeftovers(string cache, string name)
    {
        foreach (string folder in Directory.EnumerateDirectories(cache, $".{name}.*{Temporary}"))
            Directory.Delete(folder, recursive: true);
    }

    /// <summary>Extracts a data set to a temporary folder and moves it to its place when it is complete.</summary>
    /// <exception cref="DataArchiveException">The download is not valid.</exception>
    public static void Fill(string folder, ZipDownload download, string name, string? sha256, ZipLimits limits)
    {
        string cache = Path.GetDirectoryName(folder)!;
        string temporary = Path.Combine(cache, $".{name}.{Path.GetRandomFileName()}{Temporary}");
        Directory.CreateDirectory(temporary);
        try
        {
            string found = FileHash.Of(download.Path).Sha256;
            if (sha256 is not null && !sha256.Equals(found, StringComparison.OrdinalIgnoreCase))
                throw new DataArchiveException($"{download.Address} has the SHA-256 {found}, not {sha256.ToLowerInvariant()}: it is a "
                    + "different file, or was altered in transit. Check the checksum.");
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
