namespace Elman.Data.Audio;

/// <summary>The features of a step of audio.</summary>
public enum AudioFeatures
{
    /// <summary>Mel-frequency cepstral coefficients: the cosine transform of the logarithms of <see cref="LogMel"/>.</summary>
    Mfcc,

    /// <summary>The logarithms of the energies in bands that are evenly spaced on the mel scale.</summary>
    LogMel,

    /// <summary>The samples, each a step.</summary>
    Raw,
}
