using System.Globalization;
using System.Numerics;
using NWaves.FeatureExtractors;
using NWaves.FeatureExtractors.Base;
using NWaves.FeatureExtractors.Options;
using NWaves.Filters.Fda;
using NWaves.Windows;

namespace Elman.Data.Audio;

/// <summary>
/// Computes features of frames: Hamming window, power spectrum of the next power of 2, triangular bands evenly spaced on the mel scale
/// 2595·log₁₀(1 + f/700) from 0 to half the sampling rate, natural logarithm of at least 1e-10, and for MFCC the orthonormal cosine
/// transform, type II. There is no pre-emphasis and no lifter: the model standardises its channels.
/// </summary>
internal sealed class FrameFeatures
{
    /// <summary>The minimum energy, because silence has no logarithm.</summary>
    private const float Floor = 1e-10f;

    private readonly FeatureExtractor _extractor;
    private readonly int _channels;

    /// <summary>Prepares the transforms for a sampling rate.</summary>
    /// <exception cref="ArgumentException">A band is so narrow that it contains no frequency of the spectrum.</exception>
    public FrameFeatures(AudioSettings settings, int rate)
    {
        FrameLength = Math.Max(2, (int)Math.Round(settings.Frame * rate));
        Hop = Math.Max(1, (int)Math.Round(settings.Hop * rate));
        _channels = settings.Channels;
        int size = (int)BitOperations.RoundUpToPowerOf2((uint)FrameLength);
        float[][] bands = FilterBanks.Triangular(
            size, rate, FilterBanks.MelBands(settings.Filters, rate, 0, rate / 2.0, overlap: true), null, null);
        if (bands.Any(band => !band.AsSpan().ContainsAnyExcept(0f)))
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
                $"{settings.Filters} filters are too many for frames of {1000 * settings.Frame:0.###} ms at {rate} Hz: some contain no "
                    + $"frequency of the spectrum; use fewer (--filters) or longer frames (--frame)."));
        _extractor = settings.Features == AudioFeatures.Mfcc
            ? new MfccExtractor(new MfccOptions
            {
                SamplingRate = rate,
                FrameSize = FrameLength,
                HopSize = Hop,
                FftSize = size,
                FilterBank = bands,
                FeatureCount = settings.Coefficients,
                DctType = "2N",
                NonLinearity = NonLinearityType.LogE,
                SpectrumType = SpectrumType.Power,
                Window = WindowType.Hamming,
                LogFloor = Floor,
            })
            : new FilterbankExtractor(new FilterbankOptions
            {
                SamplingRate = rate,
                FrameSize = FrameLength,
                HopSize = Hop,
                FftSize = size,
                FilterBank = bands,
                NonLinearity = NonLinearityType.LogE,
                SpectrumType = SpectrumType.Power,
                Window = WindowType.Hamming,
                LogFloor = Floor,
            });
    }

    /// <summary>The number of samples of a frame.</summary>
    public int FrameLength { get; }

    /// <summary>The number of samples between the starts of consecutive frames.</summary>
    public int Hop { get; }

    /// <summary>Computes the features of all complete frames, <c>[steps, channels]</c>.</summary>
    /// <param name="samples">The samples, at least one frame.</param>
    public float[] Of(float[] samples)
    {
        List<float[]> frames = _extractor.ComputeFrom(samples);
        float[] values = new float[frames.Count * _channels];
        for (int t = 0; t < frames.Count; t++)
            frames[t].CopyTo(values, t * _channels);
        return values;
    }
}
