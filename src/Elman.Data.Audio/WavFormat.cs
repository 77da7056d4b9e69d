using System.Buffers.Binary;

namespace Elman.Data.Audio;

/// <summary>How the samples of a file are written.</summary>
/// <param name="IsFloat">Whether they are floats; otherwise whole numbers.</param>
/// <param name="Channels">One or two.</param>
/// <param name="Rate">Samples a second.</param>
/// <param name="Bits">Bits of a sample.</param>
internal sealed record WavFormat(bool IsFloat, int Channels, uint Rate, int Bits)
{
    /// <summary>Bytes of the samples of all channels.</summary>
    public int BlockLength => Channels * Bits / 8;

    /// <summary>Makes floats from −1 to 1 of samples, of several channels the mean.</summary>
    public void Decode(ReadOnlySpan<byte> bytes, Span<float> samples)
    {
        int width = Bits / 8;
        for (int i = 0; i < samples.Length; i++)
        {
            ReadOnlySpan<byte> block = bytes.Slice(i * BlockLength, BlockLength);
            double sum = 0;
            for (int c = 0; c < Channels; c++)
                sum += Decode(block.Slice(c * width, width));
            samples[i] = (float)(sum / Channels);
        }
    }

    private double Decode(ReadOnlySpan<byte> sample) => Bits switch
    {
        8 => (sample[0] - 128) / 128.0,
        16 => BinaryPrimitives.ReadInt16LittleEndian(sample) / 32768.0,
        24 => (((sbyte)sample[2] << 16) | BinaryPrimitives.ReadUInt16LittleEndian(sample)) / 8388608.0,
        _ when IsFloat => BinaryPrimitives.ReadSingleLittleEndian(sample),
        _ => BinaryPrimitives.ReadInt32LittleEndian(sample) / 2147483648.0,
    };
}
