namespace Elman.Data;

/// <summary>
/// Data sets of the UCR and UEA archive of time series classification (A. Bagnall et al., timeseriesclassification.com), downloaded once
/// and kept in a folder.
/// </summary>
/// <remarks>
/// <para>A data set is a zip file <c>NAME.zip</c> with <c>NAME_TRAIN.ts</c> and <c>NAME_TEST.ts</c>; other files in it are not extracted.
/// An interrupted download is resumed if the file is still the same. If two processes need the same data set, one waits.</para>
/// <para>The archive publishes no checksums. So the SHA-256 of the download is stored with the data set, in <c>archive.json</c>, and the
/// files are verified at each use. A caller that knows the SHA-256 of the zip file can pass it.</para>
/// </remarks>
public sealed class DataArchive
{
    private readonly string _start;

    /// <summary>Creates an archive with a cache folder. Nothing is accessed yet.</summary>
    /// <param name="address">The URL of the folder of the zip files, http or https; by default that of the archive itself.</param>
    /// <param name="cacheFolder">The cache folder; by default <see cref="DefaultCacheFolder"/>.</param>
    /// <exception cref="ArgumentException"><paramref name="address"/> is neither http nor https, or has a query.</exception>
    public DataArchive(Uri? address = null, string? cacheFolder = null)
    {
        Address = address ?? DefaultAddress;
        if (!Address.IsAbsoluteUri || Address.Scheme is not ("http" or "https") || Address.Query.Length + Address.Fragment.Length > 0)
            throw new ArgumentException(
                $"'{Address}' is not the URL of an archive; it must be the URL of a folder, such as {DefaultAddress}.", nameof(address));
        _start = Address.AbsoluteUri.TrimEnd('/');
        CacheFolder = Path.GetFullPath(cacheFolder ?? DefaultCacheFolder);
    }

    /// <summary>The URL of the archive itself.</summary>
    public static Uri DefaultAddress { get; } = new("https://timeseriesclassification.com/aeon-toolkit");

    /// <summary>
    /// The default cache folder, <c>elman/ucr</c> in the folder for caches: <c>XDG_CACHE_HOME</c>, or on Windows the local application
    /// data, else <c>.cache</c> in the user's folder.
    /// </summary>
    public static string DefaultCacheFolder => Path.Combine(CacheRoot, "elman", "ucr");

    /// <summary>The URL of the folder of the zip files.</summary>
    public Uri Address { get; }

    /// <summary>The cache folder; each data set has a folder with its name.</summary>
    public string CacheFolder { get; }

    /// <summary>The maximum time for which the server may send nothing before the download is aborted. Default: one minute.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Called with messages: the source of a data set, that a download is resumed, that another process downloads the data set, that cached
    /// files were damaged. Default (<see langword="null"/>): none.
    /// </summary>
    public Action<string>? Remark { get; init; }

    /// <summary>The delay before an interrupted download is resumed.</summary>
    internal TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Limits for extraction.</summary>
    internal ZipLimits Limits { get; init; } = new();

    private static string CacheRoot
    {
        get
        {
            // XDG Base Directory Specification: relative paths are ignored.
            if (Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } chosen && Path.IsPathRooted(chosen))
                return chosen;
            return OperatingSystem.IsWindows()
                ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData)
                : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");
        }
    }

    /// <summary>Returns a data set in the cache, verified by its checksums; <see langword="null"/> if it is not there.</summary>
    /// <param name="name">The name, such as <c>JapaneseVowels</c>; it is case-sensitive.</param>
    /// <exception cref="ArgumentException">The name can't be that of a data set.</exception>
    /// <exception cref="DataArchiveException">The files of the data set were altered or damaged.</exception>
    /// <exception cref="IOException">Reading fails.</exception>
    public ArchiveSet? Find(string name)
    {
        ArchiveName.Check(name);
        if (!Directory.Exists(FolderOf(name)))
            return null;
        (ArchiveSet? set, string? problem) = ArchiveManifest.Read(name, FolderOf(name));
        return set ?? throw new DataArchiveException($"The cached data of {name} are damaged: {problem} Download them again with 'elman "
            + $"data get {name}'.");
    }

    /// <summary>
    /// Returns a data set from the cache, or from the archive if it is missing or damaged. Files appear in the cache only when the data set
    /// is complete.
    /// </summary>
    /// <param name="name">The name, such as <c>JapaneseVowels</c>; it is case-sensitive.</param>
    /// <param name="sha256">The SHA-256 of the zip file, in hexadecimal digits, if it is known.</param>
    /// <param name="progress">Receives the number of bytes downloaded.</param>
    /// <param name="cancellationToken">Stops the download; the part received so far is kept, and the next download resumes it.</param>
    /// <exception cref="ArgumentException">There is no such data set, or <paramref name="sha256"/> is not a SHA-256.</exception>
    /// <exception cref="DataArchiveException">The download fails or is not valid.</exception>
    /// <exception cref="IOException">The cache can't be written.</exception>
    /// <exception cref="UnauthorizedAccessException">There is no permission to write the cache.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public async Task<ArchiveSet> GetAsync(
        string name, string? sha256 = null, IProgress<ReadProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArchiveName.Check(name);
        if (sha256 is not null && (sha256.Length != 64 || !sha256.All(char.IsAsciiHexDigit)))
            throw new ArgumentException($"{Quoted(sha256)} is not a SHA-256; it must have 64 hexadecimal digits.", nameof(sha256));
        Directory.CreateDirectory(CacheFolder);
        using FileStream alone = await ArchiveFolder.LockAsync(CacheFolder, name, Remark, cancellationToken).ConfigureAwait(false);
        ArchiveFolder.RemoveLeftovers(CacheFolder, name);
        string folder = FolderOf(name);
        if (Directory.Exists(folder))
        {
            (ArchiveSet? cached, string? problem) = ArchiveManifest.Read(name, folder);
            if (cached is not null)
                return Matching(cached, sha256);
            Remark?.Invoke($"the cached data of {name} were damaged: {problem} They are downloaded again.");
        }

        var download = new ZipDownload(new Uri($"{_start}/{name}.zip"), name, Path.Combine(CacheFolder, $".{name}.part"))
        {
            Patience = Patience,
            Pause = Pause,
            MostBytes = Limits.MostBytes,
            Remark = Remark,
        };
        await download.RunAsync(progress, cancellationToken).ConfigureAwait(false);
        try
        {
            ArchiveFolder.Fill(folder, download, name, sha256, Limits);
        }
        finally
        {
            // The download is complete or invalid; resuming would not help.
            download.Forget();
        }
        (ArchiveSet? set, string? wrong) = ArchiveManifest.Read(name, folder);
        return set is not null ? set with { WasDownloaded = true } : throw new DataArchiveException($"{folder}: {wrong?.TrimEnd('.')}; "
            + "delete this folder and get the data again.");
    }

    private string FolderOf(string name) => Path.Combine(CacheFolder, name);

    private static ArchiveSet Matching(ArchiveSet set, string? sha256) =>
        sha256 is null || sha256.Equals(set.Sha256, StringComparison.OrdinalIgnoreCase)
            ? set
            : throw new DataArchiveException($"The cached data of {set.Name} come from a file with the SHA-256 {set.Sha256}, not "
                + $"{sha256}; if that is the right one, delete {set.Folder} and download them again.");
}
