namespace Elman.Data.Audio;

/// <summary>What a <c>.wav</c> file holds.</summary>
/// <param name="Rate">Samples a second.</param>
/// <param name="Channels">How many channels it has.</param>
/// <param name="Samples">The samples, from −1 to 1; of several channels the mean.</param>
/// <param name="IsOpenEnded">Whether the file does not say how long it is, as one that was written to a pipe.</param>
internal sealed record WavSound(int Rate, int Channels, float[] Samples, bool IsOpenEnded);
