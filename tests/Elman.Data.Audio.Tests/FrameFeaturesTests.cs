using System.Text.Json;

namespace Elman.Data.Audio.Tests;

/// <summary>Features of frames, compared with those computed by NumPy in double.</summary>
public sealed class FrameFeaturesTests : IDisposable
{
    // The error of a transform in float for weak bands.
    private const double Tolerance = 0.002;

    private readonly AudioWorkspace _workspace = new();

    public static TheoryData<int> Cases() => [.. Enumerable.Range(0, Fixture.Read("features.json").Length)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Features_are_those_of_the_formulas(int index)
    {
        JsonElement one = Fixture.Read("features.json")[index];
        int coefficients = one.Int("coefficients");
        _workspace.Write("x/one/a.wav", Wav.Of(one.Numbers("samples").Select(sample => (short)sample), one.Int("rate")));
        SequenceDataset data = _workspace.Read("x", new AudioOptions
        {
            Features = coefficients == 0 ? AudioFeatures.LogMel : AudioFeatures.Mfcc,
            Coefficients = coefficients == 0 ? null : coefficients,
            Filters = one.Int("filters"),
            Frame = TimeSpan.FromMilliseconds(one.Int("frameMs")),
            Hop = TimeSpan.FromMilliseconds(one.Int("hopMs")),
        });
        JsonElement[] steps = [.. one.GetProperty("steps").EnumerateArray()];
        Assert.Equal((steps.Length, steps[0].GetArrayLength()), (data[0].Steps, data.Channels));
        double[] expected = [.. steps.SelectMany(step => step.EnumerateArray()).Select(value => value.GetDouble())];
        Assert.All(expected.Zip(data[0].Values.ToArray()), pair => Assert.Equal(pair.First, pair.Second, Tolerance));
    }

    [Fact]
    public void Usual_settings_are_13_coefficients_of_26_bands_every_10_ms()
    {
        JsonElement one = Fixture.Read("features.json")[1];
        _workspace.Write("x/one/a.wav", Wav.Of(one.Numbers("samples").Select(sample => (short)sample), 16000));
        SequenceDataset data = _workspace.Read("x");
        Assert.Equal("audio mfcc coefficients=13 filters=26 frame=0.025 hop=0.01 rate=16000", data.Preparation);
        Assert.Equal(Enumerable.Range(0, 13).Select(c => $"mfcc{c}"), data.ChannelNames);
        JsonElement[] first = [.. one.GetProperty("steps").EnumerateArray().First().EnumerateArray()];
        Assert.All(first.Zip(data[0].Values.ToArray()), pair => Assert.Equal(pair.First.GetDouble(), pair.Second, Tolerance));
    }

    [Fact]
    public void Silence_is_as_loud_as_the_floor()
    {
        _workspace.Write("x/one/a.wav", Wav.Of(new short[400]));
        SequenceDataset data = _workspace.Read("x", new AudioOptions { Features = AudioFeatures.LogMel });
        Assert.All(data[0].Values.ToArray(), value => Assert.Equal(Math.Log(1e-10), value, 1e-4));
        Assert.Contains("'one/a.wav' has nothing but one value; they are silent", Assert.Single(data.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Samples_are_taken_as_they_are()
    {
        _workspace.Write("x/one/a.wav", Wav.Of([16384, -8192, 0]));
        SequenceDataset data = _workspace.Read("x", new AudioOptions { Features = AudioFeatures.Raw });
        Assert.Equal([0.5f, -0.25f, 0], data[0].Values.ToArray());
        Assert.Equal(["sample"], data.ChannelNames);
        Assert.Equal("audio raw rate=8000", data.Preparation);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(199, 1)]
    [InlineData(200, 1)]
    [InlineData(279, 1)]
    [InlineData(280, 2)]
    public void Whole_frames_are_steps_and_a_short_file_is_one(int samples, int steps)
    {
        _workspace.Write("x/one/a.wav", Wav.Of(Enumerable.Range(0, samples).Select(i => (short)(i * 77))));
        SequenceDataset data = _workspace.Read("x");
        Assert.Equal(steps, data[0].Steps);
        Assert.Equal(samples < 200, data.Warnings.Any(warning => warning.Contains("less than a frame", StringComparison.Ordinal)));
    }

    [Fact]
    public void Bands_without_a_frequency_are_refused()
    {
        _workspace.Write("x/one/a.wav", Wav.Tone(300));
        Assert.Contains("100 filters are too many for frames of 25 ms at 8000 Hz", _workspace.Refuses("x",
            new AudioOptions { Filters = 100 }),
            StringComparison.Ordinal);
    }

    public void Dispose() => _workspace.Dispose();
}
