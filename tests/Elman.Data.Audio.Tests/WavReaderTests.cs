using System.Buffers.Binary;
using System.Text.Json;

namespace Elman.Data.Audio.Tests;

public class WavReaderTests
{
    private static readonly byte[] _format = Wav.Format(1, 1, 8000, 16);

    public static TheoryData<string> Names() => [.. Fixture.Read("wavs.json").Select(wav => wav.GetProperty("name").GetString()!)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Samples_are_those_that_others_wrote(string name)
    {
        JsonElement wav = Fixture.Read("wavs.json").Single(one => one.GetProperty("name").GetString() == name);
        WavSound sound = Read(wav.GetProperty("bytes").GetBytesFromBase64());
        Assert.Equal(wav.Int("rate"), sound.Rate);
        Assert.Equal(wav.Numbers("samples").Select(sample => (float)sample), sound.Samples);
    }

    [Fact]
    public void An_extensible_format_is_the_one_that_it_names() => Assert.Equal(
        [0.5f, -0.25f],
        Read(Wav.Riff(("fmt ", Wav.Extended(Wav.Format(1, 1, 8000, 24))), ("data", [0, 0, 0x40, 0, 0, 0xE0]))).Samples);

    [Fact]
    public void Parts_that_are_not_known_are_skipped() => Assert.Equal(
        [0.5f], Read(Wav.Riff(("LIST", [1, 2, 3]), ("fmt ", _format), ("fact", [0, 0, 0, 0]), ("data", [0, 0x40]), ("id3 ", [1]))).Samples);

    [Fact]
    public void A_file_that_was_written_to_a_pipe_goes_to_its_end()
    {
        byte[] bytes = Wav.Of([1, 2, 3]);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(4), uint.MaxValue);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(40), uint.MaxValue);
        WavSound sound = Read(bytes);
        Assert.True(sound.IsOpenEnded);
        Assert.Equal(3, sound.Samples.Length);
    }

    [Theory]
    [InlineData(1, 1, 12, "PCM of 12 bits")]
    [InlineData(3, 1, 64, "floats of 64 bits")]
    [InlineData(2, 1, 4, "compressed as ADPCM")]
    [InlineData(6, 1, 8, "A-law")]
    [InlineData(7, 1, 8, "µ-law")]
    [InlineData(0x55, 1, 0, "MP3")]
    [InlineData(0x1234, 1, 16, "of type 0x1234")]
    [InlineData(0xFFFE, 1, 16, "of type 0xFFFE")]
    [InlineData(1, 0, 16, "it has 0 channels; one or two are supported")]
    [InlineData(1, 6, 16, "it has 6 channels")]
    public void Unsupported_files_are_refused_with_the_reason(int tag, int channels, int bits, string says) =>
        Refuses(Wav.Riff(("fmt ", Wav.Format(tag, channels, 8000, bits)), ("data", new byte[24])), says);

    [Theory]
    [InlineData(0)]
    [InlineData(999)]
    [InlineData(768_001)]
    [InlineData(-1)]
    public void A_rate_that_no_sound_has_is_refused(int rate) =>
        Refuses(Wav.Riff(("fmt ", Wav.Format(1, 1, rate, 16)), ("data", new byte[4])), "its sampling rate is");

    [Fact]
    public void An_identifier_with_another_end_is_another_format() =>
        Refuses(Wav.Riff(("fmt ", Wav.Extended(_format, tail: 0x72)), ("data", new byte[4])), "0xFFFE");

    [Fact]
    public void A_length_of_samples_that_contradicts_itself_is_refused() =>
        Refuses(Wav.Riff(("fmt ", Wav.Format(1, 1, 8000, 16, block: 4)), ("data", new byte[4])), "sizes are inconsistent;");

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void A_sample_that_is_not_finite_is_refused(float sample) => Refuses(
        Wav.Riff(("fmt ", Wav.Format(3, 1, 8000, 32)), ("data", [.. BitConverter.GetBytes(1f), .. BitConverter.GetBytes(sample)])),
        "its sample 2 is not finite");

    [Fact]
    public void A_file_without_samples_is_refused()
    {
        Refuses(Wav.Of([]), "the file has no samples;");
        Refuses(Wav.Riff(("fmt ", _format)), "the file has no samples;");
        Refuses(Wav.Riff(("data", new byte[4])), "samples come before their format;");
        Refuses(Wav.Riff(("fmt ", [1, 0]), ("data", new byte[4])), "truncated");
        Refuses(Wav.Riff(("fmt ", _format), ("data", [1, 2, 3])), "within a sample");
    }

    [Theory]
    [InlineData("")]
    [InlineData("R")]
    [InlineData("RIFF\0\0\0\0WAVX")]
    [InlineData("<!DOCTYPE html>")]
    public void Another_file_is_none(string text) => Refuses(System.Text.Encoding.ASCII.GetBytes(text), "this is not a .wav file:");

    [Theory]
    [InlineData("RIFX")]
    [InlineData("RF64")]
    public void A_kin_of_the_format_is_refused(string kind) =>
        Refuses([.. System.Text.Encoding.ASCII.GetBytes(kind), .. Wav.Of([1])[4..]], $"has the type '{kind}'");

    [Theory]
    [InlineData(1 << 20)]
    [InlineData(int.MaxValue)]
    [InlineData(-2)]
    public void A_length_beyond_the_end_is_refused(int length)
    {
        byte[] bytes = Wav.Of([1, 2, 3]);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(40), length);
        Refuses(bytes, "the file is truncated: it should have");
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(16), length);
        Refuses(bytes, "the file is truncated in its chunk 'fmt '");
    }

    [Fact]
    public void Whatever_is_damaged_is_refused_or_read()
    {
        byte[] sound = Wav.Riff(("LIST", [1, 2, 3]), ("fmt ", Wav.Extended(Wav.Format(1, 2, 8000, 24))), ("data", new byte[60]));
        for (int length = 0; length < sound.Length; length++)
            Try(sound[..length], mayWork: false);
        for (int i = 0; i < sound.Length; i++)
            foreach (byte flip in (byte[])[0x01, 0x80, 0xFF])
            {
                byte[] damaged = [.. sound];
                damaged[i] ^= flip;
                Try(damaged, mayWork: true);
            }
    }

    private static WavSound Read(byte[] bytes)
    {
        using var stream = new MemoryStream(bytes);
        return WavReader.Read(stream, "a.wav");
    }

    private static void Try(byte[] bytes, bool mayWork)
    {
        try
        {
            Assert.True(Read(bytes).Samples.Length is > 0 and <= 60 && mayWork);
        }
        catch (DataFileException e)
        {
            Assert.StartsWith("a.wav: ", e.Message, StringComparison.Ordinal);
        }
    }

    private static void Refuses(byte[] bytes, string says)
    {
        string message = Assert.Throws<DataFileException>(() => Read(bytes)).Message;
        Assert.Contains(says, message, StringComparison.Ordinal);
        Assert.EndsWith(".", message, StringComparison.Ordinal);
    }
}
