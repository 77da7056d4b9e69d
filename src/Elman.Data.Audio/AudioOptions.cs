namespace Elman.Data.Audio;

/// <summary>
/// The settings for converting audio to sequences. A setting that is <see langword="null"/> has the value in <see cref="Known"/>, or else
/// the usual one.
/// </summary>
/// <remarks>
/// The usual settings are those of speech recognition since S. Davis and P. Mermelstein (1980): speech changes little within 25 ms, and one
/// frame every 10 ms captures all its sounds; 13 coefficients of 26 bands describe the shape of the spectrum, not its pitch. They are
/// suitable for other sounds too.
/// </remarks>
public sealed record AudioOptions
{
    /// <summary>The features. Default: <see cref="AudioFeatures.Mfcc"/>.</summary>
    public AudioFeatures? Features { get; init; }

    /// <summary>
    /// The number of coefficients, with <see cref="AudioFeatures.Mfcc"/>; the first of them is the loudness. From 1 to
    /// <see cref="Filters"/>. Usual: 13.
    /// </summary>
    public int? Coefficients { get; init; }

    /// <summary>
    /// The number of bands of the spectrum, from 1 to 256. Usual: 26 with <see cref="AudioFeatures.Mfcc"/>, 40 with
    /// <see cref="AudioFeatures.LogMel"/>.
    /// </summary>
    public int? Filters { get; init; }

    /// <summary>The length of a frame, from which a step is computed; from 1 ms to 10 s. Usual: 25 ms.</summary>
    public TimeSpan? Frame { get; init; }

    /// <summary>The time between the starts of consecutive frames; from 0.1 ms to 10 s. Usual: 10 ms.</summary>
    public TimeSpan? Hop { get; init; }

    /// <summary>
    /// The sampling rate in Hz to which files with another rate are converted. Default (<see langword="null"/>): files are not converted,
    /// and all must have the same rate.
    /// </summary>
    public int? SampleRate { get; init; }

    /// <summary>
    /// The settings of other data, such as the training data of a model (<see cref="SequenceEstimator.Preparation"/>): the same settings
    /// are used, and settings that contradict them are refused. Default (<see langword="null"/>): none.
    /// </summary>
    public string? Known { get; init; }
}
