using System.Text;

namespace Elman.Keras.Hdf5;

/// <summary>Reads the links of a group: the names of its members and the positions of their headers.</summary>
/// <remarks>
/// Source: HDF5 File Format Specification 3.0, III.A, III.B and IV.A.2.g. A link that is a path, in this file or in another one, is listed
/// but never followed. Trees are limited in depth and nodes, so that neither cycles nor nodes with many parents cost time.
/// </remarks>
internal sealed class Hdf5Links
{
    /// <summary>The position of a link that is a path.</summary>
    public const long Path = -2;

    private const int MostLevels = 16, MostNodes = 4096, LongestName = 1024;
    private const int TreePrefix = 24, EntrySize = 16, NodePrefix = 8, SymbolSize = 40;
    private const uint SymbolicCache = 2;
    private const byte HasType = 0x08, HasCreationOrder = 0x04, HasCharacterSet = 0x10, HardType = 0, HeapPrefix = 8;

    private readonly Hdf5Bytes _bytes;
    private readonly int _most;
    private readonly Dictionary<string, long> _links = new(StringComparer.Ordinal);
    private int _nodes;

    private Hdf5Links(Hdf5Bytes bytes, int most) => (_bytes, _most) = (bytes, most);

    /// <summary>Reads the links of a group.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="header">The header of the group.</param>
    /// <param name="most">The maximum number of links.</param>
    /// <returns>The position of each member, or <see cref="Path"/>; <see langword="null"/> if the object is no group.</returns>
    /// <exception cref="ModelFileException">The group is damaged, or of a form that Keras does not write.</exception>
    public static IReadOnlyDictionary<string, long>? Read(Hdf5Bytes bytes, Hdf5Header header, int most)
    {
        var links = new Hdf5Links(bytes, most);
        Hdf5Message? table = header.Find(Hdf5Message.SymbolTable), info = header.Find(Hdf5Message.LinkInfo);
        if (table is { } tree)
            links.ReadTree(bytes.Position(tree.At), new LocalHeap(bytes, bytes.Position(tree.At + 8)), level: null);
        if (info is { } place)
            links.CheckInfo(place);
        foreach (Hdf5Message message in header.Messages)
            if (message.Type == Hdf5Message.Link)
                links.ReadLink(message);
        return table is null && info is null ? null : links._links;
    }

    private void ReadTree(long at, LocalHeap heap, int? level)
    {
        _bytes.CheckSignature(at, "TREE"u8);
        int own = _bytes.Byte(at + 5);
        if (_bytes.Byte(at + 4) != 0 || own > MostLevels || own != (level ?? own) || ++_nodes > MostNodes)
            throw _bytes.Invalid("the tree of a group is not one");
        int entries = _bytes.Short(at + 6);
        for (int i = 0; i < entries; i++)
        {
            long child = _bytes.Position(at + TreePrefix + (i * EntrySize) + 8); // behind the key before it
            if (own > 0)
                ReadTree(child, heap, own - 1);
            else
                ReadNode(child, heap);
        }
    }

    private void ReadNode(long at, LocalHeap heap)
    {
        _bytes.CheckSignature(at, "SNOD"u8);
        if (++_nodes > MostNodes)
            throw _bytes.Invalid("the tree of a group is not one");
        int symbols = _bytes.Short(at + 6);
        for (int i = 0; i < symbols; i++)
        {
            long symbol = at + NodePrefix + (i * SymbolSize);
            bool isPath = _bytes.Word(symbol + 16) == SymbolicCache;
            Add(heap.Name(_bytes.Position(symbol)), isPath ? Path : _bytes.Position(symbol + 8));
        }
    }

    private void CheckInfo(Hdf5Message message)
    {
        int beforeHeap = (_bytes.Byte(message.At + 1) & 1) != 0 ? 10 : 2; // with the greatest index of creation
        if (_bytes.Position(message.At + beforeHeap) != Hdf5Bytes.Undefined)
            throw _bytes.Unsupported("a group with its links in a heap");
    }

    private void ReadLink(Hdf5Message message)
    {
        if (message.IsShared || _bytes.Byte(message.At) != 1)
            throw _bytes.Invalid("a link is of an unknown version");
        byte flags = _bytes.Byte(message.At + 1);
        long at = message.At + 2;
        bool isPath = (flags & HasType) != 0 && _bytes.Byte(at) != HardType;
        at += ((flags & HasType) != 0 ? 1 : 0) + ((flags & HasCreationOrder) != 0 ? 8 : 0) + ((flags & HasCharacterSet) != 0 ? 1 : 0);
        int sizeOfLength = 1 << (flags & 3);
        long length = _bytes.Number(at, sizeOfLength);
        at += sizeOfLength;
        Add(NameOf(_bytes.Part(at, length).Span), isPath ? Path : _bytes.Position(at + length));
    }

    private void Add(string name, long at)
    {
        if (_links.Count == _most)
            throw _bytes.Invalid("its groups have more members than the file has room for");
        if (!_links.TryAdd(name, at))
            throw _bytes.Invalid($"a group has two members named {Quoted(name)}");
    }

    private string NameOf(ReadOnlySpan<byte> name) => name.Length is > 0 and <= LongestName
        ? Encoding.UTF8.GetString(name)
        : throw _bytes.Invalid(FormattableString.Invariant($"the name of a member has {name.Length} bytes"));

    /// <summary>The names of the members of a group.</summary>
    private readonly ref struct LocalHeap
    {
        private readonly Hdf5Bytes _bytes;
        private readonly ReadOnlySpan<byte> _names;

        public LocalHeap(Hdf5Bytes bytes, long at)
        {
            bytes.CheckSignature(at, "HEAP"u8);
            _bytes = bytes;
            _names = bytes.Part(bytes.Position(at + (3 * HeapPrefix)), bytes.Position(at + HeapPrefix)).Span;
        }

        public string Name(long at)
        {
            if (at < 0 || at >= _names.Length)
                throw _bytes.Invalid("the name of a member is outside its heap");
            ReadOnlySpan<byte> rest = _names[(int)at..];
            int end = rest[..Math.Min(rest.Length, LongestName + 1)].IndexOf((byte)0);
            return end > 0 ? Encoding.UTF8.GetString(rest[..end]) : throw _bytes.Invalid("the name of a member has no end, or is empty");
        }
    }
}
