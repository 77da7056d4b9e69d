using System.Buffers.Binary;

namespace Elman.Data;

/// <summary>The bytes of many names in a few blocks, each name preceded by its length.</summary>
internal sealed class NameText
{
    private const int Bits = 20, BlockLength = 1 << Bits, FirstLength = 256, MostBlocks = 1 << (32 - Bits);

    /// <summary>Names of at least this many bytes have four more bytes for their length.</summary>
    private const byte Long = byte.MaxValue;

    private readonly List<byte[]> _blocks = [];
    private int _used;

    /// <summary>The name at a position returned by <see cref="Add"/>.</summary>
    public ReadOnlySpan<byte> this[uint place]
    {
        get
        {
            ReadOnlySpan<byte> from = _blocks[(int)(place >> Bits)].AsSpan((int)(place & (BlockLength - 1)));
            return from[0] < Long ? from.Slice(1, from[0]) : from.Slice(5, BinaryPrimitives.ReadInt32LittleEndian(from[1..]));
        }
    }

    /// <summary>Adds a name and returns its position.</summary>
    /// <exception cref="InsufficientMemoryException">All names together are too long.</exception>
    public uint Add(ReadOnlySpan<byte> name)
    {
        int head = name.Length < Long ? 1 : 5, length = checked(head + name.Length);
        Span<byte> target = Take(length);
        target[0] = (byte)Math.Min(name.Length, Long);
        if (head > 1)
            BinaryPrimitives.WriteInt32LittleEndian(target[1..], name.Length);
        name.CopyTo(target[head..]);
        return ((uint)(_blocks.Count - 1) << Bits) | (uint)(_used - length);
    }

    private Span<byte> Take(int length)
    {
        bool isFirst = _blocks.Count == 1;
        if (_blocks.Count == 0 || length > (isFirst ? BlockLength : _blocks[^1].Length) - _used)
        {
            if (_blocks.Count == MostBlocks)
                throw new InsufficientMemoryException("The names in the file have more than 4 GiB in total; shorten them.");
            // A name that is longer than a block gets a separate block.
            _blocks.Add(new byte[Math.Max(length, _blocks.Count == 0 ? FirstLength : BlockLength)]);
            _used = 0;
        }
        else if (isFirst && length > _blocks[0].Length - _used)
        {
            byte[] longer = new byte[Math.Min(BlockLength, Math.Max(2 * _blocks[0].Length, _used + length))];
            _blocks[0].AsSpan(0, _used).CopyTo(longer);
            _blocks[0] = longer;
        }
        _used += length;
        return _blocks[^1].AsSpan(_used - length, length);
    }
}
