namespace Elman.Data;

/// <summary>
/// Data sets of the UCR and UEA archive of time series classification (A. Bagnall et al., timeseriesclassification.com), downloaded once
/// and kept in a folder.
/// </summary>
/// <remarks>
/// <para>A set is a zip file <c>NAME.zip</c> with <c>NAME_TRAIN.ts</c> and <c>NAME_TEST.ts</c>; nothing else of it is unpacked. A download
/// that breaks off goes on where it stopped, if the file is still the same. Of two processes that want the same set one waits.</para>
/// <para>The archive publishes no checksums. So the SHA-256 of what came is kept beside the set, in <c>archive.json</c>, and what is in the
/// folder is held against it at each use. A caller that knows the SHA-256 of the zip file can give it.</para>
/// </remarks>
public sealed class DataArchive
{
    private readonly string _start;

    /// <summary>Describes an archive and the folder for its sets. Nothing is looked at yet.</summary>
    /// <param name="address">The address of the folder of the zip files, http or https; by default that of the archive itself.</param>
    /// <param name="cacheFolder">The folder that keeps the sets; by default <see cref="DefaultCacheFolder"/>.</param>
    /// <exception cref="ArgumentException"><paramref name="address"/> is neither http nor https, or has a query.</exception>
    public DataArchive(Uri? address = null, string? cacheFolder = null)
    {
        Address = address ?? DefaultAddress;
        if (!Address.IsAbsoluteUri || Address.Scheme is not ("http" or "https") || Address.Query.Length + Address.Fragment.Length > 0)
            throw new ArgumentException(
                $"'{Address}' is no address of an archive; it must be that of a folder, such as {DefaultAddress}.", nameof(address));
        _start = Address.AbsoluteUri.TrimEnd('/');
        CacheFolder = Path.GetFullPath(cacheFolder ?? DefaultCacheFolder);
    }

    /// <summary>The address of the archive itself.</summary>
    public static Uri DefaultAddress { get; } = new("https://timeseriesclassification.com/aeon-toolkit");

    /// <summary>
    /// The folder <c>elman/ucr</c> in that for caches: <c>XDG_CACHE_HOME</c>, or on Windows the local application data, else
    /// <c>.cache</c> in the user's folder.
    /// </summary>
    public static string DefaultCacheFolder => Path.Combine(CacheRoot, "elman", "ucr");

    /// <summary>The address of the folder of the zip files.</summary>
    public Uri Address { get; }

    /// <summary>The folder that keeps the sets, each in one of its name.</summary>
    public string CacheFolder { get; }

    /// <summary>How long the server may say nothing before the download is given up. Default: one minute.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Told in a sentence what a reader should know: where a set comes from, that a download goes on, that another process is at
    /// it, that cached files were damaged. Default (<see langword="null"/>): nobody is.</summary>
    public Action<string>? Remark { get; init; }

    /// <summary>How long to wait before a download that broke off goes on.</summary>
    internal TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>What may be unpacked.</summary>
    internal ZipLimits Limits { get; init; } = new();

    private static string CacheRoot
    {
        get
        {
            // After the XDG Base Directory Specification, a path that is not absolute counts as none.
            if (Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } chosen && Path.IsPathRooted(chosen))
                return chosen;
            return OperatingSystem.IsWindows()
                ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData)
                : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");
        }
    }

    /// <summary>A set that is in the cache, its files held against their checksums; <see langword="null"/> where it is not there.</summary>
    /// <param name="name">The set, such as <c>JapaneseVowels</c>; upper and lower case count.</param>
    /// <exception cref="ArgumentException">The name can't be that of a set.</exception>
    /// <exception cref="DataArchiveException">Its files were altered or damaged.</exception>
    /// <exception cref="IOException">Reading fails.</exception>
    public ArchiveSet? Find(string name)
    {
        ArchiveName.Check(name);
        if (!Directory.Exists(FolderOf(name)))
            return null;
        (ArchiveSet? set, string? problem) = ArchiveManifest.Read(name, FolderOf(name));
        return set ?? throw new DataArchiveException($"The cached data of {name} are damaged: {problem} Get them anew with "
            + $"'elman data get {name}'.");
    }

    /// <summary>
    /// A set from the cache, or where it is not there, or damaged, from the archive. A file appears in the cache when all is complete.
    /// </summary>
    /// <param name="name">The set, such as <c>JapaneseVowels</c>; upper and lower case count.</param>
    /// <param name="sha256">The SHA-256 of the zip file, in hexadecimal digits, if it is known.</param>
    /// <param name="progress">Told now and then how many bytes have come.</param>
    /// <param name="cancellationToken">Stops; what has come is kept, and the next download goes on behind it.</param>
    /// <exception cref="ArgumentException">There is no such set, or <paramref name="sha256"/> is no SHA-256.</exception>
    /// <exception cref="DataArchiveException">The download fails, or is not what it should be.</exception>
    /// <exception cref="IOException">The cache can't be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The cache may not be written.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public async Task<ArchiveSet> GetAsync(
        string name, string? sha256 = null, IProgress<ReadProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArchiveName.Check(name);
        if (sha256 is not null && (sha256.Length != 64 || !sha256.All(char.IsAsciiHexDigit)))
            throw new ArgumentException($"'{sha256}' is no SHA-256; that has 64 hexadecimal digits.", nameof(sha256));
        Directory.CreateDirectory(CacheFolder);
        using FileStream alone = await ArchiveFolder.LockAsync(CacheFolder, name, Remark, cancellationToken).ConfigureAwait(false);
        ArchiveFolder.RemoveLeftovers(CacheFolder, name);
        string folder = FolderOf(name);
        if (Directory.Exists(folder))
        {
            (ArchiveSet? cached, string? problem) = ArchiveManifest.Read(name, folder);
            if (cached is not null)
                return Matching(cached, sha256);
            Remark?.Invoke($"the cached data of {name} were damaged: {problem} They are downloaded anew.");
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
            // It is unpacked, or of no use: to go on behind it would lead to the same.
            download.Forget();
        }
        (ArchiveSet? set, string? wrong) = ArchiveManifest.Read(name, folder);
        return set is not null ? set with { WasDownloaded = true } : throw new DataArchiveException($"{folder}: {wrong}");
    }

    private string FolderOf(string name) => Path.Combine(CacheFolder, name);

    private static ArchiveSet Matching(ArchiveSet set, string? sha256) =>
        sha256 is null || sha256.Equals(set.Sha256, StringComparison.OrdinalIgnoreCase)
            ? set
            : throw new DataArchiveException($"The cached data of {set.Name} come from a file with the SHA-256 {set.Sha256}, not "
                + $"{sha256}; if that is the right one, delete {set.Folder} and get them anew.");
}
