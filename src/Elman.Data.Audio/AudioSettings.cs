using System.Globalization;

namespace Elman.Data.Audio;

/// <summary>All settings of features, as used and as stored in a data set.</summary>
/// <param name="Features">The features.</param>
/// <param name="Coefficients">The number of coefficients; 0 if there are none.</param>
/// <param name="Filters">The number of bands; 0 if there are none.</param>
/// <param name="Frame">The length of a frame in seconds; 0 if there are no frames.</param>
/// <param name="Hop">The time between frames in seconds; 0 if there are no frames.</param>
/// <param name="Rate">The sampling rate in Hz; <see langword="null"/> until the first file is read.</param>
internal sealed record AudioSettings(AudioFeatures Features, int Coefficients, int Filters, double Frame, double Hop, int? Rate)
{
    /// <summary>The minimum and the maximum sampling rate of files.</summary>
    public const int LeastRate = 1000, MostRate = 768_000;

    private const string Start = "audio", CoefficientsKey = "coefficients", FiltersKey = "filters", FrameKey = "frame", HopKey = "hop",
        RateKey = "rate";

    private const int MostFilters = 256;

    /// <summary>The number of channels of a sequence.</summary>
    public int Channels => Features switch
    {
        AudioFeatures.Mfcc => Coefficients,
        AudioFeatures.LogMel => Filters,
        _ => 1,
    };

    /// <summary>The names of the channels.</summary>
    public IEnumerable<string> ChannelNames => Features == AudioFeatures.Raw
        ? ["sample"]
        : Enumerable.Range(0, Channels).Select(c => string.Create(
            CultureInfo.InvariantCulture, $"{(Features == AudioFeatures.Mfcc ? "mfcc" : "mel")}{c}"));

    /// <summary>Determines the settings from options.</summary>
    /// <exception cref="ArgumentException">A setting is out of its range, has no effect, or contradicts the known ones.</exception>
    public static AudioSettings Of(AudioOptions options)
    {
        AudioSettings? known = options.Known is { } text ? Parse(text) : null;
        AudioFeatures features = options.Features ?? known?.Features ?? AudioFeatures.Mfcc;
        Agree(
            "the features (--features)", options.Features is { } chosen ? WordOf(chosen) : null,
            known is null ? null : WordOf(known.Features));
        bool isMfcc = features == AudioFeatures.Mfcc, isRaw = features == AudioFeatures.Raw;
        if (!isMfcc && options.Coefficients is not null)
            throw new ArgumentException($"--coefficients is for mfcc, not for {WordOf(features)}; leave it out.", nameof(options));
        if (isRaw && (options.Filters is not null || options.Frame is not null || options.Hop is not null))
            throw new ArgumentException(
                "--filters, --frame and --hop are for mfcc and log-mel; raw uses the samples. Leave them out.",
                nameof(options));
        int filters = isRaw ? 0 : Choose("the filters (--filters)", options.Filters, known?.Filters, isMfcc ? 26 : 40, 1, MostFilters);
        return new AudioSettings(
            features,
            isMfcc
                ? Choose("the coefficients (--coefficients)", options.Coefficients, known?.Coefficients, Math.Min(13, filters), 1, filters)
                : 0,
            filters,
            isRaw ? 0 : Choose("the frame (--frame) in seconds", options.Frame?.TotalSeconds, known?.Frame, 0.025, 0.001, 10),
            isRaw ? 0 : Choose("the hop (--hop) in seconds", options.Hop?.TotalSeconds, known?.Hop, 0.01, 0.0001, 10),
            options.SampleRate is null && known?.Rate is null
                ? null
                : Choose("the sampling rate (--sample-rate) in Hz", options.SampleRate, known?.Rate, 0, LeastRate, MostRate));
    }

    /// <summary>Parses the settings stored in a data set; <see langword="null"/> if it was not made from audio.</summary>
    public static AudioSettings? Parse(string text)
    {
        string[] words = text.Split(' ');
        if (words.Length < 2 || words[0] != Start || FeaturesOf(words[1]) is not { } features)
            return null;
        var values = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (string word in words.Skip(2))
            if (word.Split('=') is not [var key, var number] || !values.TryAdd(
                key, double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value : double.NaN))
                return null;
        var settings = new AudioSettings(features, (int)Value(CoefficientsKey), (int)Value(FiltersKey), Value(FrameKey), Value(HopKey),
            (int)Value(RateKey));
        // A text that is reproduced exactly contains nothing unknown to this version.
        return settings.ToString() == text ? settings : null;

        double Value(string key) => values.GetValueOrDefault(key);
    }

    /// <summary>
    /// Returns the settings as stored in a data set, such as <c>audio mfcc coefficients=13 filters=26 frame=0.025 hop=0.01 rate=16000</c>.
    /// </summary>
    public override string ToString() => string.Join(' ', [
        Start, WordOf(Features),
        .. ((string Key, double Value)[])[(CoefficientsKey, Coefficients), (FiltersKey, Filters), (FrameKey, Frame), (HopKey, Hop),
            (RateKey, Rate ?? 0)] is var all
            ? all.Where(pair => pair.Value != 0).Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Key}={pair.Value:R}"))
            : []]);

    private static string WordOf(AudioFeatures features) => features switch
    {
        AudioFeatures.Mfcc => "mfcc",
        AudioFeatures.LogMel => "log-mel",
        _ => "raw",
    };

    private static AudioFeatures? FeaturesOf(string word) => word switch
    {
        "mfcc" => AudioFeatures.Mfcc,
        "log-mel" => AudioFeatures.LogMel,
        "raw" => AudioFeatures.Raw,
        _ => null,
    };

    private static T Choose<T>(string what, T? chosen, T? known, T usual, T least, T most)
        where T : struct, IComparable<T>, IFormattable
    {
        Agree(what, chosen?.ToString(null, CultureInfo.InvariantCulture), known?.ToString(null, CultureInfo.InvariantCulture));
        T value = chosen ?? known ?? usual;
        return value.CompareTo(least) >= 0 && value.CompareTo(most) <= 0
            ? value
            : throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture, $"{char.ToUpperInvariant(what[0])}{what[1..]} can't be {value}; it must be from {least} "
                    + $"to {most}."));
    }

    private static void Agree(string what, string? chosen, string? known)
    {
        if (chosen is not null && known is not null && chosen != known)
            throw new ArgumentException($"The training data have {known} as {what}, not {chosen}; leave it out.");
    }
}
