using System.Buffers.Binary;
using System.Text;

namespace Elman.Reports.TensorBoard;

/// <summary>
/// Writes a message in the wire format of Protocol Buffers (https://protobuf.dev/programming-guides/encoding). Fields are written in the
/// order of the calls.
/// </summary>
internal sealed class ProtoMessage
{
    private const int VarintType = 0, Fixed64Type = 1, BytesType = 2, Fixed32Type = 5;

    private readonly List<byte> _bytes = [];

    /// <summary>Returns the bytes written so far.</summary>
    public byte[] ToArray() => [.. _bytes];

    /// <summary>Adds an integer, unless it is 0: a field that is missing is 0.</summary>
    public ProtoMessage Add(int field, long value)
    {
        if (value == 0)
            return this;
        AddTag(field, VarintType);
        AddVarint((ulong)value);
        return this;
    }

    /// <summary>Adds a number of 64 bits.</summary>
    public ProtoMessage Add(int field, double value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(double)];
        BinaryPrimitives.WriteDoubleLittleEndian(bytes, value);
        AddTag(field, Fixed64Type);
        _bytes.AddRange(bytes);
        return this;
    }

    /// <summary>Adds a number of 32 bits.</summary>
    public ProtoMessage Add(int field, float value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(float)];
        BinaryPrimitives.WriteSingleLittleEndian(bytes, value);
        AddTag(field, Fixed32Type);
        _bytes.AddRange(bytes);
        return this;
    }

    /// <summary>Adds a text.</summary>
    public ProtoMessage Add(int field, string value) => Add(field, Encoding.UTF8.GetBytes(value));

    /// <summary>Adds a message.</summary>
    public ProtoMessage Add(int field, ProtoMessage value) => Add(field, value.ToArray());

    private ProtoMessage Add(int field, byte[] value)
    {
        AddTag(field, BytesType);
        AddVarint((ulong)value.Length);
        _bytes.AddRange(value);
        return this;
    }

    private void AddTag(int field, int type) => AddVarint((ulong)((field << 3) | type));

    /// <summary>Adds an integer in groups of seven bits, the lowest first; all but the last have the highest bit set.</summary>
    private void AddVarint(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
            _bytes.Add((byte)(value | 0x80));
        _bytes.Add((byte)value);
    }
}
