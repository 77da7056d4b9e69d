namespace Elman.Keras.Hdf5;

/// <summary>An object header: the messages about a group or a dataset.</summary>
/// <remarks>Source: HDF5 File Format Specification 3.0, IV.A. Checksums are not verified: the zip file has one for all bytes.</remarks>
internal sealed class Hdf5Header
{
    /// <summary>Limits of one header; Keras writes about ten messages in at most a few blocks.</summary>
    private const int MostMessages = 4096, MostBlocks = 256;

    private const int FirstPrefix = 16, FirstMessagePrefix = 8, ChecksumLength = 4;
    private const byte TracksCreationOrder = 0x04, StoresPhaseChange = 0x10, StoresTimes = 0x20, SharedFlag = 0x02;

    private readonly Hdf5Bytes _bytes;
    private readonly List<Hdf5Message> _messages = [];
    private readonly Queue<(long At, long Length)> _blocks = [];
    private int _seen;
    private int _blockCount;

    private Hdf5Header(Hdf5Bytes bytes) => _bytes = bytes;

    /// <summary>The messages, without continuations.</summary>
    public IReadOnlyList<Hdf5Message> Messages => _messages;

    /// <summary>Reads the header at a position.</summary>
    /// <exception cref="ModelFileException">It is damaged, or of an unknown version.</exception>
    public static Hdf5Header Read(Hdf5Bytes bytes, long at)
    {
        var header = new Hdf5Header(bytes);
        if (bytes.Byte(at) == 1)
            header.ReadFirstVersion(at);
        else
            header.ReadSecondVersion(at);
        return header;
    }

    /// <summary>Returns the only message of a type, or <see langword="null"/>.</summary>
    /// <exception cref="ModelFileException">There are several, or it is stored elsewhere.</exception>
    public Hdf5Message? Find(int type)
    {
        Hdf5Message? found = null;
        foreach (Hdf5Message message in _messages)
        {
            if (message.Type != type)
                continue;
            if (found is not null)
                throw _bytes.Invalid(FormattableString.Invariant($"an object has two messages of type {type}"));
            found = message.IsShared ? throw _bytes.Unsupported("properties shared between objects") : message;
        }
        return found;
    }

    private void ReadFirstVersion(long at)
    {
        _blocks.Enqueue((at + FirstPrefix, _bytes.Word(at + 8)));
        while (NextBlock() is var (start, length))
        {
            for (long next = start, end = start + length; next + FirstMessagePrefix <= end;)
            {
                long size = _bytes.Short(next + 2);
                Add(_bytes.Short(next), _bytes.Byte(next + 4), next + FirstMessagePrefix, size, end);
                next += FirstMessagePrefix + size;
            }
        }
    }

    private void ReadSecondVersion(long at)
    {
        _bytes.CheckSignature(at, "OHDR"u8);
        if (_bytes.Byte(at + 4) != 2)
            throw _bytes.Invalid("an object header has an unknown version");
        byte flags = _bytes.Byte(at + 5);
        long place = at + 6 + ((flags & StoresTimes) != 0 ? 16 : 0) + ((flags & StoresPhaseChange) != 0 ? 4 : 0);
        int sizeOfLength = 1 << (flags & 3);
        int prefix = (flags & TracksCreationOrder) != 0 ? 6 : 4;
        _blocks.Enqueue((place + sizeOfLength, _bytes.Number(place, sizeOfLength)));
        for (bool isFirst = true; NextBlock() is var (start, length); isFirst = false)
        {
            long next = start, end = start + length;
            if (!isFirst)
            {
                _bytes.CheckSignature(start, "OCHK"u8);
                (next, end) = (start + 4, end - ChecksumLength);
            }
            while (next + prefix <= end)
            {
                long size = _bytes.Short(next + 1);
                Add(_bytes.Byte(next), _bytes.Byte(next + 3), next + prefix, size, end);
                next += prefix + size;
            }
        }
    }

    private (long At, long Length)? NextBlock()
    {
        if (!_blocks.TryDequeue(out (long At, long Length) block))
            return null;
        if (++_blockCount > MostBlocks)
            throw _bytes.Invalid("an object header has too many blocks");
        _bytes.Part(block.At, block.Length);
        return block;
    }

    private void Add(int type, byte flags, long at, long length, long end)
    {
        if (++_seen > MostMessages)
            throw _bytes.Invalid("an object header has too many messages");
        if (at + length > end)
            throw _bytes.Invalid("a message ends outside its object header");
        if (type == Hdf5Message.Continuation)
            _blocks.Enqueue((_bytes.Position(at), _bytes.Position(at + 8)));
        else
            _messages.Add(new Hdf5Message(type, (flags & SharedFlag) != 0, at, length));
    }
}
