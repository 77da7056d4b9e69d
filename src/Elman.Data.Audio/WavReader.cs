using System.Buffers.Binary;

namespace Elman.Data.Audio;

/// <summary>
/// Reads <c>.wav</c> files: PCM of 8, 16, 24 or 32 bits, or floats of 32 bits, with one or two channels. The lengths declared in a file are
/// compared with the actual ones.
/// </summary>
internal static class WavReader
{
    /// <summary>The maximum number of samples, about five hours at 16 kHz.</summary>
    public const long MostSamples = 1 << 28;

    private const int Pcm = 1, Float = 3, Extensible = 0xFFFE;
    private const uint Unknown = uint.MaxValue;

    // The last bytes of the identifiers of formats whose first two bytes are the format code.
    private static readonly byte[] _formatTail = [0, 0, 0, 0, 0x10, 0, 0x80, 0, 0, 0xAA, 0, 0x38, 0x9B, 0x71];

    /// <summary>Reads a file.</summary>
    /// <exception cref="DataFileException">The file is damaged, or of a type that can't be read.</exception>
    public static WavSound Read(Stream stream, string name)
    {
        Span<byte> head = stackalloc byte[12];
        if (stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) < head.Length || !head[8..].SequenceEqual("WAVE"u8))
            throw new DataFileException(name, "this is not a .wav file: its first bytes are wrong; give a .wav file.");
        if (!head.StartsWith("RIFF"u8))
            throw new DataFileException(
                name, $"the file has the type {NumberText.Quote(head[..4])}, which is not supported; convert it to a plain .wav file.");

        WavFormat? format = null;
        while (stream.ReadAtLeast(head[..8], 8, throwOnEndOfStream: false) == 8)
        {
            uint length = BinaryPrimitives.ReadUInt32LittleEndian(head[4..]);
            long rest = stream.Length - stream.Position;
            if (head.StartsWith("data"u8))
                return ReadSamples(stream, format ?? throw new DataFileException(
                    name, "the samples come before their format; get the file again."), length, rest, name);
            if (length > rest)
                throw new DataFileException(name, $"the file is truncated in its chunk {NumberText.Quote(head[..4])}, which should have "
                    + $"{Amount.Of(length, "byte")} but has {rest}; get the file again.");
            long next = stream.Position + length + (length & 1);
            if (head.StartsWith("fmt "u8))
                format = ReadFormat(stream, length, name);
            stream.Position = next;
        }
        throw new DataFileException(name, "the file has no samples; get it again, or remove it.");
    }

    private static WavFormat ReadFormat(Stream stream, uint length, string name)
    {
        if (length < 16)
            throw new DataFileException(name, "the description of its sample format is truncated; get the file again.");
        Span<byte> bytes = stackalloc byte[40];
        bytes = bytes[..stream.Read(bytes[..(int)Math.Min(length, 40)])];
        int tag = BinaryPrimitives.ReadUInt16LittleEndian(bytes);
        if (tag == Extensible && bytes.Length == 40 && bytes[26..].SequenceEqual(_formatTail))
            tag = BinaryPrimitives.ReadUInt16LittleEndian(bytes[24..]);
        var format = new WavFormat(
            tag == Float,
            BinaryPrimitives.ReadUInt16LittleEndian(bytes[2..]),
            BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]),
            BinaryPrimitives.ReadUInt16LittleEndian(bytes[14..]));
        bool isKnown = (tag == Pcm && format.Bits is 8 or 16 or 24 or 32) || (tag == Float && format.Bits == 32);
        if (!isKnown)
            throw new DataFileException(name, $"its samples are {Describe(tag, format.Bits)}; supported are PCM of 8, 16, 24 or 32 bits "
                + "and floats of 32 bits. Convert it, for example with 'ffmpeg -i in.wav -c:a pcm_s16le out.wav'.");
        if (format.Channels is < 1 or > 2)
            throw new DataFileException(name, $"it has {Amount.Of(format.Channels, "channel")}; one or two are supported. Convert it to "
                + "one.");
        if (format.Rate is < AudioSettings.LeastRate or > AudioSettings.MostRate)
            throw new DataFileException(name, $"its sampling rate is {format.Rate} Hz; {AudioSettings.LeastRate} to "
                + $"{AudioSettings.MostRate} Hz are supported. Get the file again.");
        return BinaryPrimitives.ReadUInt16LittleEndian(bytes[12..]) == format.BlockLength ? format : throw new DataFileException(
            name, "its sample sizes are inconsistent; get the file again.");
    }

    private static WavSound ReadSamples(Stream stream, WavFormat format, uint length, long rest, string name)
    {
        bool isOpenEnded = length == Unknown;
        if (length > rest && !isOpenEnded)
            throw new DataFileException(
                name, $"the file is truncated: it should have {Amount.Of(length, "byte")} of samples but has {rest}; get it again.");
        long bytes = isOpenEnded ? rest : length;
        if (bytes % format.BlockLength != 0)
            throw new DataFileException(name, "the file is truncated within a sample; get it again.");
        long count = bytes / format.BlockLength;
        if (count == 0)
            throw new DataFileException(name, "the file has no samples; remove it.");
        if (count > MostSamples)
            throw new DataFileException(name, $"it has {count} samples, more than the allowed {MostSamples}; cut it into shorter files.");
        float[] samples = new float[count];
        byte[] block = new byte[format.BlockLength * 4096];
        for (int done = 0; done < samples.Length;)
        {
            int some = Math.Min(samples.Length - done, 4096);
            stream.ReadExactly(block, 0, some * format.BlockLength);
            format.Decode(block.AsSpan(0, some * format.BlockLength), samples.AsSpan(done, some));
            done += some;
        }
        int wrong = samples.AsSpan().IndexOfAnyExceptInRange(-float.MaxValue, float.MaxValue);
        return wrong < 0
            ? new WavSound((int)format.Rate, format.Channels, samples, isOpenEnded)
            : throw new DataFileException(name, $"its sample {wrong + 1L} is not finite; remove the file.");
    }

    private static string Describe(int tag, int bits) => tag switch
    {
        Pcm => $"PCM of {bits} bits",
        Float => $"floats of {bits} bits",
        2 or 0x11 => "compressed as ADPCM",
        6 => "compressed by A-law",
        7 => "compressed by µ-law",
        0x50 or 0x55 => "compressed as MP3",
        _ => $"of type 0x{tag:X4}",
    };
}
