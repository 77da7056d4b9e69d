using System.CommandLine;
using Elman.Data.Audio;

namespace Elman.Cli.Options;

/// <summary>The options for audio features.</summary>
internal sealed class AudioOptionSet
{
    private readonly Option<AudioFeatures?> _features = TextOption.Create<AudioFeatures?>("--features", "FEATURES",
        $"Audio: the features of a step, {OptionText.Listing(OptionText.All<AudioFeatures>())}. Default: "
            + $"{OptionText.Of(AudioFeatures.Mfcc)}, "
            + "or those of the model.",
        (option, text) => OptionText.Value<AudioFeatures>(option, text), OptionText.All<AudioFeatures>());
    private readonly Option<int?> _coefficients = TextOption.Create<int?>("--coefficients", "N",
        "Audio: number of mfcc coefficients. Default: 13.", (option, text) => OptionText.WholeNumber(option, text));
    private readonly Option<int?> _filters = TextOption.Create<int?>("--filters", "N",
        "Audio: number of bands of the spectrum. Default: 26 for mfcc, 40 for log-mel.",
        (option, text) => OptionText.WholeNumber(option, text));
    private readonly Option<TimeSpan?> _frame = TextOption.Create<TimeSpan?>("--frame", "TIME",
        "Audio: length of a frame. Default: 25ms.", (option, text) => OptionText.Time(option, text));
    private readonly Option<TimeSpan?> _hop = TextOption.Create<TimeSpan?>("--hop", "TIME",
        "Audio: time from one frame to the next. Default: 10ms.", (option, text) => OptionText.Time(option, text));
    private readonly Option<int?> _sampleRate = TextOption.Create<int?>("--sample-rate", "HZ",
        "Audio: sampling rate to convert files to. Default: all files must have the same rate.",
        (option, text) => OptionText.WholeNumber(option, text));

    /// <summary>All options, in the order of the help text.</summary>
    public IEnumerable<Option> Options => [_features, _coefficients, _filters, _frame, _hop, _sampleRate];

    /// <summary>The chosen settings.</summary>
    public AudioOptions Bind(ParseResult words) => new()
    {
        Features = words.GetValue(_features),
        Coefficients = words.GetValue(_coefficients),
        Filters = words.GetValue(_filters),
        Frame = words.GetValue(_frame),
        Hop = words.GetValue(_hop),
        SampleRate = words.GetValue(_sampleRate),
    };
}
