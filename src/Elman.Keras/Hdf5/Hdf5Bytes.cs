using System.Buffers.Binary;
using System.Text;
using Elman.Keras.Archive;

namespace Elman.Keras.Hdf5;

/// <summary>The bytes of an HDF5 file. Every access is checked: a position in such a file may point anywhere.</summary>
/// <param name="bytes">The whole file.</param>
/// <param name="source">The file that is imported, for messages.</param>
internal sealed class Hdf5Bytes(ReadOnlyMemory<byte> bytes, KerasSource source)
{
    /// <summary>What <see cref="Position"/> returns for all ones: the format's word for no address.</summary>
    public const long Undefined = -1;

    /// <summary>The number of bytes.</summary>
    public int Length => bytes.Length;

    /// <summary>Returns a part of the file, without a copy.</summary>
    /// <exception cref="ModelFileException">It is not inside the file.</exception>
    public ReadOnlyMemory<byte> Part(long at, long length) => at >= 0 && length >= 0 && at <= bytes.Length - length
        ? bytes.Slice((int)at, (int)length)
        : throw Invalid(FormattableString.Invariant($"{length} bytes at {at} are outside its {bytes.Length} bytes"));

    /// <summary>Returns the byte at a position.</summary>
    public byte Byte(long at) => Part(at, 1).Span[0];

    /// <summary>Returns the 16-bit number at a position.</summary>
    public int Short(long at) => BinaryPrimitives.ReadUInt16LittleEndian(Part(at, sizeof(ushort)).Span);

    /// <summary>Returns the 32-bit number at a position.</summary>
    public uint Word(long at) => BinaryPrimitives.ReadUInt32LittleEndian(Part(at, sizeof(uint)).Span);

    /// <summary>Returns the 64-bit number at a position: an address, a length or a dimension; <see cref="Undefined"/> for all
    /// ones.</summary>
    /// <exception cref="ModelFileException">It is above 2⁶³ − 1, or not inside the file.</exception>
    public long Position(long at)
    {
        ulong number = BinaryPrimitives.ReadUInt64LittleEndian(Part(at, sizeof(ulong)).Span);
        if (number == ulong.MaxValue)
            return Undefined;
        return number <= long.MaxValue
            ? (long)number
            : throw Invalid(FormattableString.Invariant($"the number {number} at {at} is too large"));
    }

    /// <summary>Returns a number of one, two, four or eight bytes.</summary>
    public long Number(long at, int size) => size switch
    {
        1 => Byte(at),
        2 => Short(at),
        4 => Word(at),
        _ => Position(at),
    };

    /// <summary>Checks the signature of a structure.</summary>
    /// <exception cref="ModelFileException">It is another one.</exception>
    public void CheckSignature(long at, ReadOnlySpan<byte> signature)
    {
        if (!Part(at, signature.Length).Span.SequenceEqual(signature))
            throw Invalid(FormattableString.Invariant($"there is no {Encoding.ASCII.GetString(signature)} at {at}"));
    }

    /// <summary>Creates an exception about a file that is damaged.</summary>
    /// <param name="why">What is wrong, as the end of a sentence without its point.</param>
    public ModelFileException Invalid(string why) => source.Invalid($"its {KerasArchive.WeightsName} is damaged ({why})");

    /// <summary>Creates an exception about a form of HDF5 that Keras does not write.</summary>
    /// <param name="what">What the file has.</param>
    public ModelFileException Unsupported(string what) => source.Error($"Its {KerasArchive.WeightsName} has {what}, which Keras does not "
        + "write and which is not supported. Save the model again with Keras 3.");
}
