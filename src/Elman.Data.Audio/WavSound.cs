namespace Elman.Data.Audio;

/// <summary>The content of a <c>.wav</c> file.</summary>
/// <param name="Rate">Samples a second.</param>
/// <param name="Channels">The number of channels.</param>
/// <param name="Samples">The samples, from −1 to 1; of several channels the mean.</param>
/// <param name="IsOpenEnded">Whether the file does not say how long it is, as one that was written to a pipe.</param>
internal sealed record WavSound(int Rate, int Channels, float[] Samples, bool IsOpenEnded);
