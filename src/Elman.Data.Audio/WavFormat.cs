using System.Buffers.Binary;

namespace Elman.Data.Audio;

/// <summary>The encoding of the samples of a file.</summary>
/// <param name="IsFloat">Whether samples are floats; otherwise they are integers.</param>
/// <param name="Channels">The number of channels, 1 or 2.</param>
/// <param name="Rate">The number of samples per second.</param>
/// <param name="Bits">The number of bits per sample.</param>
internal sealed record WavFormat(bool IsFloat, int Channels, uint Rate, int Bits)
{
    /// <summary>The number of bytes of one sample of all channels.</summary>
    public int BlockLength => Channels * Bits / 8;

    /// <summary>Converts samples to floats from −1 to 1; several channels are averaged.</summary>
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
