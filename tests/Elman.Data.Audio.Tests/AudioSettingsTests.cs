namespace Elman.Data.Audio.Tests;

public class AudioSettingsTests
{
    private const string Known = "audio mfcc coefficients=13 filters=26 frame=0.025 hop=0.01 rate=16000";

    [Theory]
    [InlineData(Known)]
    [InlineData("audio log-mel filters=40 frame=0.032 hop=0.016 rate=44100")]
    [InlineData("audio raw rate=8000")]
    public void What_a_data_set_remembers_gives_the_same_settings(string text)
    {
        Assert.Equal(text, AudioSettings.Parse(text)!.ToString());
        Assert.Equal(text, AudioSettings.Of(new AudioOptions { Known = text }).ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("audio")]
    [InlineData("audio plp")]
    [InlineData("text words")]
    [InlineData(Known + " deltas=1")]
    [InlineData("audio mfcc coefficients=x filters=26 frame=0.025 hop=0.01 rate=16000")]
    [InlineData("audio raw rate=8000 rate=8000")]
    public void What_is_not_known_is_not_taken_for_something_else(string text) => Assert.Null(AudioSettings.Parse(text));

    [Fact]
    public void Settings_that_agree_may_be_given_again() => Assert.Equal(Known, AudioSettings.Of(new AudioOptions
    {
        Known = Known,
        Features = AudioFeatures.Mfcc,
        Coefficients = 13,
        Frame = TimeSpan.FromMilliseconds(25),
        SampleRate = 16000,
    }).ToString());

    public static TheoryData<AudioOptions, string> Contradictions() => new()
    {
        { new AudioOptions { Features = AudioFeatures.LogMel }, "have mfcc as the features (--features), not log-mel; leave it out" },
        { new AudioOptions { Coefficients = 12 }, "have 13 as the coefficients (--coefficients), not 12" },
        { new AudioOptions { Filters = 40 }, "--filters" },
        { new AudioOptions { Hop = TimeSpan.FromMilliseconds(5) }, "have 0.01 as the hop (--hop) in seconds, not 0.005" },
        { new AudioOptions { SampleRate = 8000 }, "have 16000 as the sampling rate (--sample-rate) in Hz, not 8000" },
    };

    [Theory]
    [MemberData(nameof(Contradictions))]
    public void Settings_that_contradict_the_known_ones_are_refused(AudioOptions options, string says) =>
        Refuses(options with { Known = Known }, says);

    public static TheoryData<AudioOptions, string> OutOfRange() => new()
    {
        { new AudioOptions { Coefficients = 27 }, "can't be 27; it must be from 1 to 26" },
        { new AudioOptions { Coefficients = 0 }, "can't be 0" },
        { new AudioOptions { Filters = 257 }, "from 1 to 256" },
        { new AudioOptions { Frame = TimeSpan.Zero }, "The frame (--frame) in seconds can't be 0" },
        { new AudioOptions { Hop = TimeSpan.FromSeconds(-1) }, "--hop" },
        { new AudioOptions { SampleRate = 10 }, "--sample-rate" },
        { new AudioOptions { Features = AudioFeatures.LogMel, Coefficients = 3 }, "--coefficients is for mfcc," },
        { new AudioOptions { Features = AudioFeatures.Raw, Filters = 3 }, "raw uses the samples. Leave them out." },
    };

    [Theory]
    [MemberData(nameof(OutOfRange))]
    public void Settings_out_of_their_range_are_refused(AudioOptions options, string says) => Refuses(options, says);

    [Fact]
    public void Few_filters_have_as_many_coefficients() => Assert.Equal(5, AudioSettings.Of(new AudioOptions { Filters = 5 }).Coefficients);

    private static void Refuses(AudioOptions options, string says) =>
        Assert.Contains(says, Assert.Throws<ArgumentException>(() => AudioSettings.Of(options)).Message, StringComparison.Ordinal);
}
