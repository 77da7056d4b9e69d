using System.Buffers.Binary;

namespace Elman.Keras.Hdf5;

/// <summary>The types of elements that are told apart.</summary>
internal enum Hdf5Kind
{
    /// <summary>IEEE 754 with 32 bits.</summary>
    Single,

    /// <summary>IEEE 754 with 64 bits.</summary>
    Double,

    /// <summary>IEEE 754 with 16 bits.</summary>
    Half,

    /// <summary>The upper 16 bits of a single.</summary>
    BFloat,

    /// <summary>Two bytes without a meaning: h5py writes a bfloat16 in this form.</summary>
    TwoBytes,

    /// <summary>Whole numbers.</summary>
    Integer,

    /// <summary>Anything else.</summary>
    Other,
}

/// <summary>The type of the elements of an array.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Size">The number of bytes of an element.</param>
internal readonly record struct Hdf5Type(Hdf5Kind Kind, long Size)
{
    private const int FixedPoint = 0, FloatingPoint = 1, Opaque = 5;

    /// <summary>
    /// The properties of floating-point types: bit offset, precision, exponent (place, bits), mantissa (place, bits), bias.
    /// </summary>
    private const int PropertyLength = 12;

    private static readonly (Hdf5Kind Kind, int Size, byte Exponent, byte ExponentBits, byte MantissaBits, uint Bias)[] _floats =
    [
        (Hdf5Kind.Single, 4, 23, 8, 23, 127), (Hdf5Kind.Double, 8, 52, 11, 52, 1023), (Hdf5Kind.Half, 2, 10, 5, 10, 15),
        (Hdf5Kind.BFloat, 2, 7, 8, 7, 127),
    ];

    /// <summary>Whether the elements can become weights; <see cref="Hdf5Kind.TwoBytes"/> only if the model says what they are.</summary>
    public bool IsNumber => Kind is Hdf5Kind.Single or Hdf5Kind.Double or Hdf5Kind.Half or Hdf5Kind.BFloat;

    /// <summary>Reads a type.</summary>
    /// <exception cref="ModelFileException">The message is damaged.</exception>
    public static Hdf5Type Read(Hdf5Bytes bytes, Hdf5Message message)
    {
        long size = bytes.Word(message.At + 4);
        if (size == 0)
            throw bytes.Invalid("a type has elements without bytes");
        return new Hdf5Type(
            (bytes.Byte(message.At) & 0x0F) switch
            {
                FixedPoint => Hdf5Kind.Integer,
                FloatingPoint => FloatOf(bytes, message, size),
                Opaque when size == 2 => Hdf5Kind.TwoBytes,
                _ => Hdf5Kind.Other,
            },
            size);
    }

    private static Hdf5Kind FloatOf(Hdf5Bytes bytes, Hdf5Message message, long size)
    {
        ReadOnlySpan<byte> p = bytes.Part(message.At + 8, PropertyLength).Span;
        foreach ((Hdf5Kind kind, int ofKind, byte exponent, byte exponentBits, byte mantissaBits, uint bias) in _floats)
        {
            // Little-endian, padded with zeros, the highest bit of the mantissa not stored, the sign in the highest bit.
            bool isThis = size == ofKind && bytes.Byte(message.At + 1) == 0x20 && bytes.Byte(message.At + 2) == (8 * ofKind) - 1
                && p is [0, 0, var precision, 0, var e, var ee, 0, var m, ..] && precision == 8 * ofKind && e == exponent
                && ee == exponentBits && m == mantissaBits && BinaryPrimitives.ReadUInt32LittleEndian(p[8..]) == bias;
            if (isThis)
                return kind;
        }
        return Hdf5Kind.Other;
    }
}
