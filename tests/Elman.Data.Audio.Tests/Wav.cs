using System.Buffers.Binary;

namespace Elman.Data.Audio.Tests;

/// <summary>Small .wav files, valid and invalid.</summary>
internal static class Wav
{
    /// <summary>A file of 16 bits.</summary>
    public static byte[] Of(IEnumerable<short> samples, int rate = 8000, int channels = 1)
    {
        byte[] data = [.. samples.SelectMany(sample => BitConverter.GetBytes(sample))];
        return Riff(("fmt ", Format(1, channels, rate, 16)), ("data", data));
    }

    /// <summary>A tone of 16 bits.</summary>
    public static byte[] Tone(double hertz, double seconds = 0.2, int rate = 8000, double level = 0.5) =>
        Of(Enumerable.Range(0, (int)(seconds * rate)).Select(i =>
            (short)Math.Round(32767 * level * Math.Sin(2 * Math.PI * hertz * i / rate))), rate);

    public static byte[] Format(int tag, int channels, int rate, int bits, int? block = null)
    {
        byte[] format = new byte[16];
        BinaryPrimitives.WriteUInt16LittleEndian(format, (ushort)tag);
        BinaryPrimitives.WriteUInt16LittleEndian(format.AsSpan(2), (ushort)channels);
        BinaryPrimitives.WriteInt32LittleEndian(format.AsSpan(4), rate);
        int length = block ?? channels * bits / 8;
        BinaryPrimitives.WriteInt32LittleEndian(format.AsSpan(8), rate * length);
        BinaryPrimitives.WriteUInt16LittleEndian(format.AsSpan(12), (ushort)length);
        BinaryPrimitives.WriteUInt16LittleEndian(format.AsSpan(14), (ushort)bits);
        return format;
    }

    /// <summary>Returns the extensible form of a format, as is common in files of 24 bits.</summary>
    public static byte[] Extended(byte[] format, byte tail = 0x71)
    {
        byte[] extended = [.. format, 22, 0, format[14], format[15], 4, 0, 0, 0, format[0], format[1], 0, 0, 0, 0, 0x10, 0, 0x80, 0, 0,
            0xAA,
            0, 0x38, 0x9B, tail];
        BinaryPrimitives.WriteUInt16LittleEndian(extended, 0xFFFE);
        return extended;
    }

    public static byte[] Riff(params (string Name, byte[] Content)[] parts)
    {
        var bytes = new List<byte>();
        foreach ((string name, byte[] content) in parts)
        {
            bytes.AddRange(System.Text.Encoding.ASCII.GetBytes(name));
            bytes.AddRange(BitConverter.GetBytes(content.Length));
            bytes.AddRange(content);
            if (content.Length % 2 == 1)
                bytes.Add(0);
        }
        return [.. "RIFF"u8, .. BitConverter.GetBytes(bytes.Count + 4), .. "WAVE"u8, .. bytes];
    }
}
