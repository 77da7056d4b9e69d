using System.Runtime.InteropServices;
using System.Text;

namespace Elman.Comparison.Onnx;

/// <summary>
/// Writes the wire format of Protocol Buffers: fields of a message, each a tag and a value. As much of it as an ONNX model needs.
/// </summary>
internal sealed class ProtobufWriter
{
    private const int VarintType = 0, LengthType = 2;

    private readonly List<byte> _bytes = [];

    /// <summary>What has been written.</summary>
    public byte[] ToArray() => _bytes.ToArray();

    /// <summary>An integer or an enumeration.</summary>
    public void Integer(int field, long value)
    {
        Tag(field, VarintType);
        Varint((ulong)value);
    }

    /// <summary>Bytes as they are.</summary>
    public void Bytes(int field, ReadOnlySpan<byte> value)
    {
        Tag(field, LengthType);
        Varint((ulong)value.Length);
        _bytes.AddRange(value);
    }

    /// <summary>A text, in UTF-8.</summary>
    public void Text(int field, string value) => Bytes(field, Encoding.UTF8.GetBytes(value));

    /// <summary>A message inside this one.</summary>
    public void Message(int field, Action<ProtobufWriter> write)
    {
        var inner = new ProtobufWriter();
        write(inner);
        Bytes(field, CollectionsMarshal.AsSpan(inner._bytes));
    }

    private void Tag(int field, int type) => Varint((ulong)((field << 3) | type));

    private void Varint(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
            _bytes.Add((byte)(value | 0x80));
        _bytes.Add((byte)value);
    }
}
