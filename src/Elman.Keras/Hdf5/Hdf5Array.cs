using System.Buffers.Binary;

namespace Elman.Keras.Hdf5;

/// <summary>An array of numbers in an HDF5 file, still in the bytes of the file.</summary>
/// <param name="Path">Its path in the file.</param>
/// <param name="Shape">Its dimensions; empty for a single number.</param>
/// <param name="Type">The type of its elements.</param>
/// <param name="Bytes">Its elements, little-endian, row-major.</param>
internal sealed record Hdf5Array(string Path, IReadOnlyList<long> Shape, Hdf5Type Type, ReadOnlyMemory<byte> Bytes)
{
    private const int MostDimensions = 8;
    private const int CompactLayout = 0, ContiguousLayout = 1;

    /// <summary>Reads an array whose header is known.</summary>
    /// <exception cref="ModelFileException">It is damaged, or of a form that Keras does not write.</exception>
    public static Hdf5Array Read(Hdf5Bytes bytes, Hdf5Header header, string path)
    {
        if (header.Find(Hdf5Message.Filters) is not null)
            throw bytes.Unsupported($"a compressed array, {Quoted(path)}");
        if (header.Find(Hdf5Message.ExternalFiles) is not null)
            throw bytes.Unsupported($"an array in another file, {Quoted(path)}");
        if (header.Find(Hdf5Message.Dataspace) is not { } space || header.Find(Hdf5Message.Datatype) is not { } type
            || header.Find(Hdf5Message.Layout) is not { } layout)
            throw bytes.Invalid($"{Quoted(path)} is not an array");
        long[] shape = ShapeOf(bytes, space, path);
        Hdf5Type element = Hdf5Type.Read(bytes, type);
        long length = element.Size;
        foreach (long dimension in shape) // refused before any memory is allocated for it
            length = dimension >= 0 && (dimension == 0 || length <= bytes.Length / dimension)
                ? length * dimension
                : throw bytes.Invalid($"{Quoted(path)} of shape [{string.Join(", ", shape)}] is larger than the file");
        return new Hdf5Array(path, shape, element, ContentOf(bytes, layout, length, path));
    }

    /// <summary>Converts elements to single precision.</summary>
    /// <param name="first">The index of the first element, row-major.</param>
    /// <param name="values">Receives them.</param>
    public void CopyTo(int first, Span<float> values)
    {
        int size = (int)Type.Size;
        ReadOnlySpan<byte> from = Bytes.Span.Slice(first * size, values.Length * size);
        for (int i = 0; i < values.Length; i++)
        {
            ReadOnlySpan<byte> element = from.Slice(i * size, size);
            values[i] = Type.Kind switch
            {
                Hdf5Kind.Single => BinaryPrimitives.ReadSingleLittleEndian(element),
                Hdf5Kind.Double => (float)BinaryPrimitives.ReadDoubleLittleEndian(element),
                Hdf5Kind.Half => (float)BinaryPrimitives.ReadHalfLittleEndian(element),
                // A bfloat16 is the upper half of a single.
                _ => BitConverter.UInt32BitsToSingle((uint)BinaryPrimitives.ReadUInt16LittleEndian(element) << 16),
            };
        }
    }

    private static long[] ShapeOf(Hdf5Bytes bytes, Hdf5Message space, string path)
    {
        int version = bytes.Byte(space.At), dimensions = bytes.Byte(space.At + 1);
        if (version is not (1 or 2) || dimensions > MostDimensions)
            throw bytes.Invalid($"the shape of {Quoted(path)} has an unknown form");
        long first = space.At + (version == 1 ? 8 : 4);
        long[] shape = new long[dimensions];
        for (int d = 0; d < dimensions; d++)
            shape[d] = bytes.Position(first + (d * sizeof(long)));
        return shape;
    }

    private static ReadOnlyMemory<byte> ContentOf(Hdf5Bytes bytes, Hdf5Message layout, long length, string path)
    {
        int version = bytes.Byte(layout.At), kind = bytes.Byte(layout.At + 1);
        if (version is not (3 or 4) || kind > ContiguousLayout)
            throw bytes.Unsupported($"an array that is not stored in one piece, {Quoted(path)}");
        (long at, long stored) = kind == CompactLayout
            ? (layout.At + 4, bytes.Short(layout.At + 2))
            : (bytes.Position(layout.At + 2), bytes.Position(layout.At + 10));
        if (stored != length)
            throw bytes.Invalid($"{Quoted(path)} has {Amount.Of(stored, "byte")} instead of {length}");
        return length == 0 ? ReadOnlyMemory<byte>.Empty : bytes.Part(at, length);
    }
}
