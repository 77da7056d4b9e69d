using System.Runtime.InteropServices;
using System.Text;

namespace Elman.Comparison.Onnx;

/// <summary>
/// Writes the wire format of Protocol Buffers: fields of a message, each a tag and a value. Supports only what ONNX models need.
/// </summary>
internal sealed class ProtobufWriter
{
    private const int VarintType = 0, LengthType = 2;

    private readonly List<byte> _bytes = [];

    /// <summary>Returns the bytes written so far.</summary>
    public byte[] ToArray() => _bytes.ToArray();

    /// <summary>Writes an integer or an enumeration value.</summary>
    public void Integer(int field, long value)
    {
        Tag(field, VarintType);
        Varint((ulong)value);
    }

    /// <summary>Writes bytes.</summary>
    public void Bytes(int field, ReadOnlySpan<byte> value)
    {
        Tag(field, LengthType);
        Varint((ulong)value.Length);
        _bytes.AddRange(value);
    }

    /// <summary>Writes a text, in UTF-8.</summary>
    public void Text(int field, string value) => Bytes(field, Encoding.UTF8.GetBytes(value));

    /// <summary>Writes a nested message.</summary>
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
