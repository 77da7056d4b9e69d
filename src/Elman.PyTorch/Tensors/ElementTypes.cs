using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Elman.Files;

namespace Elman.PyTorch.Tensors;

/// <summary>Converts tensors of floating-point types to 32-bit floats and back.</summary>
internal static class ElementTypes
{
    /// <summary>The type of the weights of a model.</summary>
    public const string Float = "F32";

    private const string HalfType = "F16", Brain = "BF16", Double = "F64";

    /// <summary>The number of bits of a float that a <c>BF16</c> does not have.</summary>
    private const int BrainShift = 16;

    /// <summary>Whether numbers of a type are floats.</summary>
    public static bool AreFloats(string type) => type is Float or HalfType or Brain or Double;

    /// <summary>Converts a tensor to floats.</summary>
    /// <param name="tensor">The tensor, of a type of <see cref="AreFloats"/>.</param>
    /// <param name="isRounded">Whether a number was rounded, which can only be with <c>F64</c>.</param>
    public static float[] ToFloats(SafetensorsTensor tensor, out bool isRounded)
    {
        isRounded = false;
        ReadOnlySpan<byte> bytes = tensor.Bytes;
        float[] values = new float[bytes.Length / Safetensors.ElementSize(tensor.ElementType)];
        for (int i = 0; i < values.Length; i++)
        {
            switch (tensor.ElementType)
            {
                case HalfType:
                    values[i] = (float)BinaryPrimitives.ReadHalfLittleEndian(bytes[(2 * i)..]);
                    break;
                case Brain:
                    values[i] = BitConverter.Int32BitsToSingle(BinaryPrimitives.ReadInt16LittleEndian(bytes[(2 * i)..]) << BrainShift);
                    break;
                case Double:
                    double exact = BinaryPrimitives.ReadDoubleLittleEndian(bytes[(8 * i)..]);
                    values[i] = (float)exact;
                    isRounded |= values[i] != exact;
                    break;
                default:
                    values[i] = BinaryPrimitives.ReadSingleLittleEndian(bytes[(4 * i)..]);
                    break;
            }
        }
        return values;
    }

    /// <summary>Converts floats to a tensor of a type; of <see cref="Float"/>, if the type can't represent all of them.</summary>
    /// <param name="name">The name of the tensor.</param>
    /// <param name="shape">Its dimensions.</param>
    /// <param name="values">Its numbers.</param>
    /// <param name="type">The type.</param>
    public static SafetensorsTensor ToTensor(string name, long[] shape, ReadOnlySpan<float> values, string type)
    {
        if (type == Float)
            return new SafetensorsTensor(name, Float, shape, MemoryMarshal.AsBytes(values).ToArray());
        int size = Safetensors.ElementSize(type);
        byte[] bytes = new byte[values.Length * size];
        for (int i = 0; i < values.Length; i++)
        {
            Span<byte> to = bytes.AsSpan(i * size);
            if (type == HalfType)
                BinaryPrimitives.WriteHalfLittleEndian(to, (Half)values[i]);
            else if (type == Brain)
                BinaryPrimitives.WriteInt16LittleEndian(to, (short)(BitConverter.SingleToInt32Bits(values[i]) >> BrainShift));
            else
                BinaryPrimitives.WriteDoubleLittleEndian(to, values[i]);
        }
        var tensor = new SafetensorsTensor(name, type, shape, bytes);
        ReadOnlySpan<byte> again = MemoryMarshal.AsBytes(ToFloats(tensor, out _).AsSpan());
        return again.SequenceEqual(MemoryMarshal.AsBytes(values)) ? tensor : ToTensor(name, shape, values, Float);
    }
}
