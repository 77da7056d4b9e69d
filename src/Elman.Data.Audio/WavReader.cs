using System.Buffers.Binary;

namespace Elman.Data.Audio;

/// <summary>
/// Reads <c>.wav</c> files: PCM of 8, 16, 24 or 32 bits, or floats of 32 bits, of one or two channels. What a file says of its lengths is
/// held against what is there.
/// </summary>
internal static class WavReader
{
    /// <summary>The greatest number of samples, about five hours at 16 kHz.</summary>
    public const long MostSamples = 1 << 28;

    private const int Pcm = 1, Float = 3, Extensible = 0xFFFE;
    private const uint Unknown = uint.MaxValue;

    // The end of the identifiers of formats that are meant by their first two bytes.
    private static readonly byte[] _formatTail = [0, 0, 0, 0, 0x10, 0, 0x80, 0, 0, 0xAA, 0, 0x38, 0x9B, 0x71];

    /// <summary>Reads a file.</summary>
    /// <exception cref="DataFileException">It is damaged, or of a kind that can't be read.</exception>
    public static WavSound Read(Stream stream, string name)
    {
        Span<byte> head = stackalloc byte[12];
        if (stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) < head.Length || !head[8..].SequenceEqual("WAVE"u8))
            throw new DataFileException(name, "this is no .wav file: it does not begin as one; give a .wav file.");
        if (!head.StartsWith("RIFF"u8))
            throw new DataFileException(
                name, $"the file is of the kind {NumberText.Quote(head[..4])}, which is not read; convert it to a plain .wav file.");

        WavFormat? format = null;
        while (stream.ReadAtLeast(head[..8], 8, throwOnEndOfStream: false) == 8)
        {
            uint length = BinaryPrimitives.ReadUInt32LittleEndian(head[4..]);
            long rest = stream.Length - stream.Position;
            if (head.StartsWith("data"u8))
                return ReadSamples(stream, format ?? throw new DataFileException(
                    name, "there are samples before it is said of what kind they are; get the file anew."), length, rest, name);
            if (length > rest)
                throw new DataFileException(name, $"the file breaks off in its part {NumberText.Quote(head[..4])}, which should have "
                    + $"{length} bytes and has {rest}; get the file anew.");
            long next = stream.Position + length + (length & 1);
            if (head.StartsWith("fmt "u8))
                format = ReadFormat(stream, length, name);
            stream.Position = next;
        }
        throw new DataFileException(name, "there are no samples in the file; get it anew, or leave it out.");
    }

    private static WavFormat ReadFormat(Stream stream, uint length, string name)
    {
        if (length < 16)
            throw new DataFileException(name, "what it says of the kind of its samples breaks off; get the file anew.");
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
            throw new DataFileException(name, $"its samples are {Describe(tag, format.Bits)}; PCM of 8, 16, 24 or 32 bits and floats of "
                + "32 bits are read. Convert it, such as by 'ffmpeg -i in.wav -c:a pcm_s16le out.wav'.");
        if (format.Channels is < 1 or > 2)
            throw new DataFileException(name, $"it has {format.Channels} channels; one or two are read. Convert it to one.");
        if (format.Rate is < AudioSettings.LeastRate or > AudioSettings.MostRate)
            throw new DataFileException(name, $"its sampling rate is {format.Rate} Hz; {AudioSettings.LeastRate} to "
                + $"{AudioSettings.MostRate} Hz are read. Get the file anew.");
        return BinaryPrimitives.ReadUInt16LittleEndian(bytes[12..]) == format.BlockLength ? format : throw new DataFileException(
            name, "what it says of the length of a sample contradicts itself; get the file anew.");
    }

    private static WavSound ReadSamples(Stream stream, WavFormat format, uint length, long rest, string name)
    {
        bool isOpenEnded = length == Unknown;
        if (length > rest && !isOpenEnded)
            throw new DataFileException(
                name, $"the file breaks off: it should have {length} bytes of samples and has {rest}; get it anew.");
        long bytes = isOpenEnded ? rest : length;
        if (bytes % format.BlockLength != 0)
            throw new DataFileException(name, "the file breaks off within a sample; get it anew.");
        long count = bytes / format.BlockLength;
        if (count == 0)
            throw new DataFileException(name, "there are no samples in the file; leave it out.");
        if (count > MostSamples)
            throw new DataFileException(name, $"it has {count} samples, more than the {MostSamples} that are read; cut it into shorter "
                + "files.");
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
            : throw new DataFileException(name, $"its sample {wrong + 1L} is not finite; leave the file out.");
    }

    private static string Describe(int tag, int bits) => tag switch
    {
        Pcm => $"PCM of {bits} bits",
        Float => $"floats of {bits} bits",
        2 or 0x11 => "packed as ADPCM",
        6 => "packed by the A-law",
        7 => "packed by the µ-law",
        0x50 or 0x55 => "packed as MP3",
        _ => $"of the kind 0x{tag:X4}",
    };
}
