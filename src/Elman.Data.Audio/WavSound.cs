namespace Elman.Data.Audio;

/// <summary>The content of a <c>.wav</c> file.</summary>
/// <param name="Rate">The number of samples per second.</param>
/// <param name="Channels">The number of channels.</param>
/// <param name="Samples">The samples, from −1 to 1; the mean of several channels.</param>
/// <param name="IsOpenEnded">Whether the file does not declare its length, such as a file that was written to a pipe.</param>
internal sealed record WavSound(int Rate, int Channels, float[] Samples, bool IsOpenEnded);
