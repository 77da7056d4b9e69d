namespace Elman.Data.Audio;

/// <summary>
/// What to make of audio. Each setting that is <see langword="null"/> is that of <see cref="Known"/>, or else the usual one.
/// </summary>
/// <remarks>
/// The usual settings are those of speech recognition since S. Davis and P. Mermelstein (1980): speech changes little within 25 ms, and a
/// frame every 10 ms misses none of its sounds; 13 coefficients of 26 bands tell the shape of the spectrum, not its pitch. They do for
/// other sounds too.
/// </remarks>
public sealed record AudioOptions
{
    /// <summary>The features. Default: <see cref="AudioFeatures.Mfcc"/>.</summary>
    public AudioFeatures? Features { get; init; }

    /// <summary>The number of coefficients, with <see cref="AudioFeatures.Mfcc"/>, the first of which is the loudness: from 1 to
    /// <see cref="Filters"/>. Usual: 13.</summary>
    public int? Coefficients { get; init; }

    /// <summary>Into how many bands the spectrum is divided, from 1 to 256. Usual: 26 with <see cref="AudioFeatures.Mfcc"/>, 40 with
    /// <see cref="AudioFeatures.LogMel"/>.</summary>
    public int? Filters { get; init; }

    /// <summary>The length of a frame, from which a step is computed; from 1 ms to 10 s. Default: 25 ms.</summary>
    public TimeSpan? Frame { get; init; }

    /// <summary>How much later the next frame begins; from 0.1 ms to 10 s. Usual: 10 ms.</summary>
    public TimeSpan? Hop { get; init; }

    /// <summary>
    /// The sampling rate in Hz that files of another one are converted to. Default (<see langword="null"/>): files are taken as they are,
    /// and all must have the same.
    /// </summary>
    public int? SampleRate { get; init; }

    /// <summary>
    /// How other data were made, such as those that a model was trained on (<see cref="SequenceEstimator.Preparation"/>): these are made
    /// in the same way, and settings that contradict it are refused. Default (<see langword="null"/>): none are known.
    /// </summary>
    public string? Known { get; init; }
}
