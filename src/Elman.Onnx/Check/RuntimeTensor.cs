using System.Runtime.InteropServices;
using Elman.Onnx.Protocol;

namespace Elman.Onnx.Check;

/// <summary>A tensor for ONNX Runtime: bytes with a type and a shape.</summary>
/// <param name="Type">The type of the elements.</param>
/// <param name="Shape">The dimensions.</param>
/// <param name="Bytes">The elements.</param>
internal sealed record RuntimeTensor(TensorProto.Types.DataType Type, long[] Shape, byte[] Bytes)
{
    /// <summary>Creates a tensor of numbers.</summary>
    public static RuntimeTensor Of<T>(TensorProto.Types.DataType type, ReadOnlySpan<T> values, params long[] shape)
        where T : unmanaged => new(type, shape, MemoryMarshal.AsBytes(values).ToArray());

    /// <summary>Creates a tensor of zeros.</summary>
    public static RuntimeTensor Zeros(TensorProto.Types.DataType type, params long[] shape) =>
        new(type, shape, new byte[shape.Aggregate(1L, (product, length) => product * length) * SizeOf(type)]);

    /// <summary>The numbers, as doubles.</summary>
    public double[] Numbers() => Type == TensorProto.Types.DataType.Double
        ? MemoryMarshal.Cast<byte, double>(Bytes).ToArray()
        : [.. MemoryMarshal.Cast<byte, float>(Bytes).ToArray().Select(number => (double)number)];

    /// <summary>The size of an element in bytes.</summary>
    public static int SizeOf(TensorProto.Types.DataType type) => type == TensorProto.Types.DataType.Float ? sizeof(float) : sizeof(double);
}
