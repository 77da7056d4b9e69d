using System.IO.Compression;

namespace Elman.Data;

/// <summary>A zip archive of named arrays, and the roles of the arrays.</summary>
internal sealed class NpzFile : IDisposable
{
    /// <summary>The extracted size that is always allowed, in bytes.</summary>
    private const long MostUnpacked = 1 << 26;

    /// <summary>The maximum ratio of extracted to compressed size of a larger array.</summary>
    private const int MostTimes = 100;

    private const int MostArrays = 10_000;

    private static readonly (string Role, string[] Names)[] _roles =
    [
        (Values, ["X", "data", "values"]), (Labels, ["y", "labels", "label", "target", "targets"]), (Lengths, ["lengths", "length"]),
        (Ids, ["ids", "id"]), (Groups, ["groups", "group"]), (Channels, ["channels", "channel_names"]),
        (Targets, ["target_names"]), (Axes, ["axes"]),
    ];

    private readonly ZipArchive _archive;
    private readonly string _file;
    private readonly Dictionary<string, ZipArchiveEntry> _entries = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal); // by role

    /// <summary>The role of the array of values.</summary>
    public const string Values = "the values";

    /// <summary>The role of the array of labels or targets.</summary>
    public const string Labels = "the labels";

    /// <summary>The role of the array with the number of steps of each sequence.</summary>
    public const string Lengths = "the lengths";

    /// <summary>The role of the array with the names of sequences.</summary>
    public const string Ids = "the ids";

    /// <summary>The role of the array with the groups.</summary>
    public const string Groups = "the groups";

    /// <summary>The role of the array with the names of channels.</summary>
    public const string Channels = "the names of the channels";

    /// <summary>The role of the array with the names of targets.</summary>
    public const string Targets = "the names of the targets";

    /// <summary>The role of the text with the axes of the values.</summary>
    public const string Axes = "the axes";

    /// <summary>Opens a file and determines the roles of its arrays.</summary>
    /// <exception cref="DataFileException">The file is damaged, or it can't be determined which array holds the values.</exception>
    public NpzFile(Stream stream, string file, Remarks remarks)
    {
        _file = file;
        try
        {
            _archive = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
            if (_archive.Entries.Count > MostArrays)
                throw new DataFileException(file, $"there are {_archive.Entries.Count} arrays, more than the allowed {MostArrays}; save "
                    + "only those of one data set.");
            foreach (ZipArchiveEntry entry in _archive.Entries)
                if (!_entries.TryAdd(NameOf(entry), entry))
                    throw new DataFileException(file, $"there are two arrays {Quoted(NameOf(entry))}; keep one.");
        }
        catch (Exception e) when (IsDamage(e))
        {
            _archive?.Dispose();
            throw Damaged(e);
        }
        FindRoles(remarks);
    }

    /// <summary>The file name for messages.</summary>
    public string File => _file;

    /// <summary>Returns the name of the array with a role, or <see langword="null"/> if there is none.</summary>
    public string? Find(string role) => _names.GetValueOrDefault(role);

    /// <summary>Opens the array with a role, and reads it with a function.</summary>
    /// <exception cref="DataFileException">The array is damaged, or its compression ratio is too high.</exception>
    public T Read<T>(string role, Func<NpyArray, T> read)
    {
        ZipArchiveEntry entry = _entries[_names[role]];
        if (entry.Length > Math.Max(MostUnpacked, MostTimes * entry.CompressedLength))
            throw new DataFileException(_file, $"array {Quoted(NameOf(entry))}: it unpacks to {Amount.Of(entry.Length, "byte")}, more than "
                + $"{MostTimes} times its compressed size; if that is correct, save it with np.savez instead of np.savez_compressed.");
        using ChecksumStream bytes = Open(entry);
        T result = read(new NpyArray(bytes, _file, NameOf(entry), entry.Length));
        return IsComplete(bytes, entry)
            ? result
            : throw new DataFileException(_file,
                $"array {Quoted(NameOf(entry))}: its length or checksum does not match, so it is damaged; copy or save it again.");
    }

    private static bool IsComplete(ChecksumStream bytes, ZipArchiveEntry entry)
    {
        try
        {
            return !bytes.HasMore() && bytes.Checksum == entry.Crc32;
        }
        catch (EndOfStreamException)
        {
            return false;
        }
    }

    private ChecksumStream Open(ZipArchiveEntry entry)
    {
        try
        {
            return new ChecksumStream(entry.Open());
        }
        catch (Exception e) when (IsDamage(e))
        {
            throw Damaged(e);
        }
    }

    public void Dispose() => _archive.Dispose();

    private void FindRoles(Remarks remarks)
    {
        foreach ((string role, string[] usual) in _roles)
        {
            string[] found = [.. _entries.Keys.Where(name => usual.Contains(name, StringComparer.OrdinalIgnoreCase))];
            if (found.Length > 1)
                throw new DataFileException(_file,
                    $"{string.Join(" and ", found.Select(name => Quoted(name)))} could each be {role}; keep one of them.");
            if (found.Length == 1)
                _names.Add(role, found[0]);
        }
        string[] others = [.. _entries.Keys.Except(_names.Values)];
        if (!_names.ContainsKey(Values))
        {
            if (others.Length != 1)
                throw new DataFileException(_file, (_entries.Count == 0
                    ? "the file has no arrays"
                    : "no array is named X, data or values; the file has "
                        + $"{string.Join(", ", _entries.Keys.Take(12))}{(_entries.Count > 12 ? ", …" : "")}")
                    + ". Save the values and labels with np.savez('data.npz', X=X, y=y).");
            remarks.AddOnce($"The array {Quoted(others[0])} is read as the values; name it X to avoid this warning.");
            _names.Add(Values, others[0]);
            others = [];
        }
        foreach (string name in others)
            remarks.AddOnce($"The array {Quoted(name)} is ignored; known arrays are X, y, lengths, ids, groups, channels, target_names and "
                + "axes.");
    }

    private static string NameOf(ZipArchiveEntry entry) =>
        entry.FullName.EndsWith(".npy", StringComparison.Ordinal) ? entry.FullName[..^4] : entry.FullName;

    private DataFileException Damaged(Exception e) => new(
        _file, "this is not an .npz archive, or it is damaged; copy or save it again with np.savez.", innerException: e);

    /// <summary>Whether an exception of the archive indicates a damaged file.</summary>
    private static bool IsDamage(Exception e) =>
        e is InvalidDataException or EndOfStreamException or NotSupportedException or ArgumentException or OverflowException;
}
