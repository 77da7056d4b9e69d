using System.Buffers.Binary;
using System.Globalization;
using Elman.Onnx.Import.Values;
using Elman.Onnx.Protocol;
using DataType = Elman.Onnx.Protocol.TensorProto.Types.DataType;

namespace Elman.Onnx.Reading;

/// <summary>Decodes tensors of a file: floating-point numbers become floats, integers and Booleans become 64-bit integers.</summary>
/// <param name="external">The files beside the model.</param>
/// <param name="budget">The memory that may be taken.</param>
internal sealed class TensorReader(ExternalData external, MemoryBudget budget)
{
    private const int MostDimensions = 64;

    private readonly Dictionary<TensorProto, Constant> _known = new(ReferenceEqualityComparer.Instance);

    /// <summary>Decodes a tensor, once.</summary>
    /// <param name="tensor">The tensor.</param>
    /// <param name="name">Its description in messages, such as a quoted name.</param>
    /// <exception cref="GraphException">Its shape does not match its data, its type can't be used, or a number is not finite.</exception>
    public Constant Read(TensorProto tensor, string name)
    {
        if (_known.TryGetValue(tensor, out Constant? known))
            return known;
        Constant constant = Decode(tensor, name);
        _known.Add(tensor, constant);
        return constant;
    }

    private Constant Decode(TensorProto tensor, string name)
    {
        if (tensor.Dims.Count > MostDimensions)
            throw new GraphException($"Tensor {name} has {tensor.Dims.Count} dimensions; at most {MostDimensions} are possible.");
        long[] shape = [.. tensor.Dims];
        long count = CheckedCount(shape, name);
        var type = (DataType)tensor.DataType;
        int size = SizeOf(type, name);
        if (tensor.DataLocation == TensorProto.Types.DataLocation.External)
            return Decode(external.Read(tensor, count * size, budget), type, shape, name);
        if (tensor.HasRawData)
            return tensor.RawData.Length == count * size
                ? Decode(tensor.RawData.Span, type, shape, name)
                : throw new GraphException($"Tensor {name} is [{string.Join(", ", shape)}], which needs {count * size} bytes, but has "
                    + $"{tensor.RawData.Length}. Export the model again.");
        return Typed(tensor, type, shape, name);
    }

    private static long CheckedCount(long[] shape, string name)
    {
        foreach (long length in shape)
            if (length < 0)
                throw new GraphException($"Tensor {name} has the dimension {length}.");
        long count = Constant.CountOf(shape);
        return count <= Array.MaxLength / sizeof(long)
            ? count
            : throw new GraphException($"Tensor {name} has {count} elements; at most {Array.MaxLength / sizeof(long)} are possible.");
    }

    private static int SizeOf(DataType type, string name) => type switch
    {
        DataType.Float or DataType.Int32 or DataType.Uint32 => 4,
        DataType.Double or DataType.Int64 or DataType.Uint64 => 8,
        DataType.Float16 or DataType.Bfloat16 or DataType.Int16 or DataType.Uint16 => 2,
        DataType.Int8 or DataType.Uint8 or DataType.Bool => 1,
        _ => throw new GraphException($"Tensor {name} holds numbers of type {NameOf(type)}, which is not read. Export the model with "
            + "32-bit floats."),
    };

    /// <summary>The name of a type that a file states; newer versions of the format have some without a name here.</summary>
    private static string NameOf(DataType type) => Enum.IsDefined(type)
        ? type.ToString()
        : ((int)type).ToString(CultureInfo.InvariantCulture);

    private Constant Decode(ReadOnlySpan<byte> bytes, DataType type, long[] shape, string name)
    {
        int size = SizeOf(type, name), count = bytes.Length / size;
        if (IsFloat(type))
        {
            budget.Take(count, sizeof(float), $"Tensor {name}");
            float[] floats = new float[count];
            for (int i = 0; i < count; i++)
                floats[i] = Finite(FloatAt(bytes[(i * size)..], type), name);
            return Constant.Of(floats, shape);
        }
        budget.Take(count, sizeof(long), $"Tensor {name}");
        long[] integers = new long[count];
        for (int i = 0; i < count; i++)
            integers[i] = IntegerAt(bytes[(i * size)..], type, name);
        return Constant.Of(integers, shape);
    }

    private Constant Typed(TensorProto tensor, DataType type, long[] shape, string name)
    {
        int given = type switch
        {
            DataType.Float => tensor.FloatData.Count,
            DataType.Double => tensor.DoubleData.Count,
            DataType.Int64 => tensor.Int64Data.Count,
            DataType.Uint32 or DataType.Uint64 => tensor.Uint64Data.Count,
            _ => tensor.Int32Data.Count,
        };
        if (given != Constant.CountOf(shape))
            throw new GraphException(
                $"Tensor {name} is [{string.Join(", ", shape)}], but has {Amount.Of(given, "number")}. Export the model again.");
        budget.Take(given, IsFloat(type) ? sizeof(float) : sizeof(long), $"Tensor {name}");
        return type switch
        {
            DataType.Float => Constant.Of(Floats(tensor.FloatData, number => number, name), shape),
            DataType.Double => Constant.Of(Floats(tensor.DoubleData, number => (float)number, name), shape),
            DataType.Float16 => Constant.Of(
                Floats(tensor.Int32Data, bits => (float)BitConverter.UInt16BitsToHalf((ushort)bits), name), shape),
            DataType.Bfloat16 => Constant.Of(Floats(tensor.Int32Data, bits => BitConverter.Int32BitsToSingle(bits << 16), name), shape),
            DataType.Int64 => Constant.Of(tensor.Int64Data.ToArray(), shape),
            DataType.Uint32 or DataType.Uint64 => Constant.Of([.. tensor.Uint64Data.Select(number => Signed(number, name))], shape),
            _ => Constant.Of([.. tensor.Int32Data.Select(number => (long)number)], shape),
        };
    }

    private static bool IsFloat(DataType type) =>
        type is DataType.Float or DataType.Double or DataType.Float16 or DataType.Bfloat16;

    private static float[] Floats<T>(IReadOnlyList<T> numbers, Func<T, float> convert, string name)
    {
        float[] floats = new float[numbers.Count];
        for (int i = 0; i < floats.Length; i++)
            floats[i] = Finite(convert(numbers[i]), name);
        return floats;
    }

    private static float FloatAt(ReadOnlySpan<byte> bytes, DataType type) => type switch
    {
        DataType.Float => BinaryPrimitives.ReadSingleLittleEndian(bytes),
        DataType.Double => (float)BinaryPrimitives.ReadDoubleLittleEndian(bytes),
        DataType.Float16 => (float)BinaryPrimitives.ReadHalfLittleEndian(bytes),
        _ => BitConverter.Int32BitsToSingle(BinaryPrimitives.ReadInt16LittleEndian(bytes) << 16),
    };

    private static long IntegerAt(ReadOnlySpan<byte> bytes, DataType type, string name) => type switch
    {
        DataType.Int64 => BinaryPrimitives.ReadInt64LittleEndian(bytes),
        DataType.Int32 => BinaryPrimitives.ReadInt32LittleEndian(bytes),
        DataType.Int16 => BinaryPrimitives.ReadInt16LittleEndian(bytes),
        DataType.Int8 => (sbyte)bytes[0],
        DataType.Uint64 => Signed(BinaryPrimitives.ReadUInt64LittleEndian(bytes), name),
        DataType.Uint32 => BinaryPrimitives.ReadUInt32LittleEndian(bytes),
        DataType.Uint16 => BinaryPrimitives.ReadUInt16LittleEndian(bytes),
        _ => bytes[0],
    };

    private static long Signed(ulong number, string name) => number <= long.MaxValue
        ? (long)number
        : throw new GraphException($"Tensor {name} has the number {number}, which is too large.");

    private static float Finite(float number, string name) => float.IsFinite(number)
        ? number
        : throw new GraphException(
            $"Tensor {name} has the value {number.ToString(CultureInfo.InvariantCulture)} as a 32-bit float; numbers must be finite.");
}
