using Elman.Keras.Archive;

namespace Elman.Keras.Hdf5;

/// <summary>
/// Reads the part of HDF5 that Keras writes: groups, and arrays of numbers that are stored in one piece. Everything else is refused by
/// name.
/// </summary>
/// <remarks>
/// <para>
/// Why not a library: PureHDF 2.2 was measured with 23,000 files of up to 40 kB in which one to four bytes or words had been changed. It
/// allocated more than ten times the file and 4 MB for 66 of them, 2 GB for the worst, and threw eight types of exceptions; neither can be
/// limited from outside. It also fails in native programs. This reader makes no copy of the file, allocates only what the file has room
/// for, and follows no link to a path or to another file.
/// </para>
/// <para>Source: HDF5 File Format Specification 3.0.</para>
/// </remarks>
internal sealed class Hdf5File
{
    /// <summary>The least number of bytes that a member of a group needs in a file.</summary>
    private const int BytesOfLink = 16;

    private const int FirstBase = 24, SecondBase = 12;

    private static readonly byte[] _signature = [0x89, (byte)'H', (byte)'D', (byte)'F', 0x0D, 0x0A, 0x1A, 0x0A];

    private readonly Hdf5Bytes _bytes;
    private readonly long _root;
    private readonly Dictionary<long, IReadOnlyDictionary<string, long>?> _groups = [];
    private int _freeLinks;

    private Hdf5File(Hdf5Bytes bytes)
    {
        _bytes = bytes;
        _freeLinks = bytes.Length / BytesOfLink;
        _root = RootOf(bytes);
    }

    /// <summary>Opens a file.</summary>
    /// <param name="content">All of its bytes.</param>
    /// <param name="source">The file that is imported, for messages.</param>
    /// <exception cref="ModelFileException">It is no HDF5 file, or its version is not known.</exception>
    public static Hdf5File Open(ReadOnlyMemory<byte> content, KerasSource source) => new(new Hdf5Bytes(content, source));

    /// <summary>Returns the names of the members of a group in ordinal order; <see langword="null"/> if there is no such group.</summary>
    /// <param name="path">The names from the root, with slashes; empty for the root.</param>
    /// <exception cref="ModelFileException">The group is damaged, a name on the path is a link to a path, or the object is no
    /// group.</exception>
    public IReadOnlyList<string>? Members(string path) => Find(path) is not { } at
        ? null
        : [.. (GroupAt(at) ?? throw _bytes.Invalid($"{Quoted(path)} is not a group")).Keys.Order(StringComparer.Ordinal)];

    /// <summary>Returns an array.</summary>
    /// <param name="path">The names from the root, with slashes.</param>
    /// <exception cref="ModelFileException">There is no such array, it is damaged, or of a form that Keras does not write.</exception>
    public Hdf5Array Array(string path) => Hdf5Array.Read(
        _bytes, Hdf5Header.Read(_bytes, Find(path) ?? throw _bytes.Invalid($"it has no {Quoted(path)}")), path);

    private long? Find(string path)
    {
        long at = _root;
        foreach (string name in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (GroupAt(at) is not { } links || !links.TryGetValue(name, out long next))
                return null;
            at = next != Hdf5Links.Path
                ? next
                : throw _bytes.Unsupported($"a link to a path or a file as {Quoted(name)} in {Quoted(path)}");
        }
        return at;
    }

    private IReadOnlyDictionary<string, long>? GroupAt(long at)
    {
        if (_groups.TryGetValue(at, out IReadOnlyDictionary<string, long>? known))
            return known;
        IReadOnlyDictionary<string, long>? links = Hdf5Links.Read(_bytes, Hdf5Header.Read(_bytes, at), _freeLinks);
        _freeLinks -= links?.Count ?? 0;
        return _groups[at] = links;
    }

    private static long RootOf(Hdf5Bytes bytes)
    {
        if (bytes.Length < _signature.Length || !bytes.Part(0, _signature.Length).Span.SequenceEqual(_signature))
            throw bytes.Invalid("it does not begin like an HDF5 file");
        int version = bytes.Byte(8);
        (int sizes, long place, int distance) = version switch
        {
            0 => (13, FirstBase, 16), // the base, the free space, the end, the driver, the root's name, the root
            1 => (13, FirstBase + 4, 16),
            2 or 3 => (9, (long)SecondBase, 16), // the base, the extension, the end, the root
            _ => throw bytes.Unsupported(FormattableString.Invariant($"version {version} of the HDF5 format")),
        };
        if (bytes.Byte(sizes) != sizeof(long) || bytes.Byte(sizes + 1) != sizeof(long))
            throw bytes.Unsupported("addresses that do not have 8 bytes");
        if (bytes.Position(place) != 0)
            throw bytes.Unsupported("a base address other than 0");
        long end = bytes.Position(place + distance);
        if (end < 0 || end > bytes.Length)
            throw bytes.Invalid(FormattableString.Invariant($"it has {bytes.Length} bytes instead of {end}"));
        return bytes.Position(place + distance + (version < 2 ? 24 : 8));
    }
}
