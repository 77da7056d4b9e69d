namespace Elman.Data.Audio.Tests;

public class SampleRateTests
{
    private const double Tolerance = 0.001;

    [Theory]
    [InlineData(44100, 16000, 440)]
    [InlineData(44100, 16000, 6500)]
    [InlineData(8000, 16000, 3200)]
    [InlineData(48000, 16000, 1000)]
    [InlineData(16000, 48000, 1000)]
    [InlineData(22050, 8000, 1234.5)]
    [InlineData(16000, 15999, 700)]
    [InlineData(192000, 191999, 700)]
    public void A_tone_is_the_tone_at_the_other_rate(int from, int to, double hertz)
    {
        float[] converted = SampleRate.Convert(Tone(hertz, from, from / 4), from, to);
        Assert.Equal((int)Math.Ceiling(from / 4 * (double)to / from), converted.Length);
        float[] expected = Tone(hertz, to, converted.Length);
        int edge = to / 50;
        for (int i = edge; i < converted.Length - edge; i++)
            Assert.Equal(expected[i], converted[i], Tolerance);
    }

    [Theory]
    [InlineData(16000, 8000, 4200)]
    [InlineData(48000, 16000, 8500)]
    [InlineData(44100, 8000, 20000)]
    public void A_tone_above_half_of_the_lower_rate_is_gone(int from, int to, double hertz)
    {
        float[] converted = SampleRate.Convert(Tone(hertz, from, from / 4), from, to);
        int edge = to / 50;
        Assert.All(converted[edge..^edge], value => Assert.InRange(value, -Tolerance, Tolerance));
    }

    [Fact]
    public void Far_behind_the_beginning_a_tone_is_as_exact()
    {
        const int From = 44100, To = 16000, Seconds = 60;
        float[] converted = SampleRate.Convert(Tone(3000, From, From * Seconds), From, To), expected = Tone(3000, To, To * Seconds);
        for (int i = To * (Seconds - 1); i < converted.Length - 1000; i++)
            Assert.Equal(expected[i], converted[i], Tolerance);
    }

    [Theory]
    [InlineData(1, 8000, 16000, 2)]
    [InlineData(1, 16000, 8000, 1)]
    [InlineData(3, 16000, 8000, 2)]
    [InlineData(1, 768000, 1000, 1)]
    public void Few_samples_stay_some(int count, int from, int to, int expected) =>
        Assert.Equal(expected, SampleRate.Convert(new float[count], from, to).Length);

    [Fact]
    public void A_constant_stays_one() =>
        Assert.All(SampleRate.Convert(Enumerable.Repeat(0.5f, 4000).ToArray(), 44100, 16000)[200..^200], v => Assert.Equal(0.5, v,
            Tolerance));

    private static float[] Tone(double hertz, int rate, int count) =>
        [.. Enumerable.Range(0, count).Select(i => (float)(0.5 * Math.Sin(2 * Math.PI * hertz * i / rate)))];
}
