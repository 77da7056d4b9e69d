namespace Elman.Data.Audio;

/// <summary>
/// Converts samples to another sampling rate with a sinc filter in a Blackman window, with 32 zeros on each side. It passes frequencies up
/// to 83 % of half the lower rate, and attenuates those above half the lower rate to less than a thousandth. There is no delay: sample 0
/// keeps its position.
/// </summary>
/// <remarks>
/// Positions between samples are computed in integers. In floats, as in other libraries, a position within a minute of sound is known only
/// to a quarter of a sample.
/// </remarks>
internal static class SampleRate
{
    private const int Zeros = 32;
    private const double Cutoff = 0.92;
    private const long MostKept = 1 << 21; // coefficients

    /// <summary>Returns the samples at another rate.</summary>
    public static float[] Convert(ReadOnlySpan<float> samples, int from, int to)
    {
        long divisor = GreatestDivisor(from, to), up = to / divisor, down = from / divisor;
        // In units of the sampling interval of the lower rate, scaled by the cutoff, the sinc has its zeros at integers.
        double scale = Cutoff * Math.Min(1, (double)to / from);
        int reach = (int)Math.Ceiling(Zeros / scale);
        float[] converted = new float[Math.Max(1, ((samples.Length * up) + down - 1) / down)];
        float[]?[] kept = new float[up * 2 * reach <= MostKept ? up : 0][];
        for (long i = 0; i < converted.Length; i++)
        {
            (long start, long phase) = Math.DivRem(i * down, up);
            float[] taps = kept.Length == 0 ? Taps(phase, up, scale, reach) : kept[phase] ??= Taps(phase, up, scale, reach);
            int first = (int)Math.Max(0, reach - 1 - start), last = (int)Math.Min(taps.Length, samples.Length - start + reach - 1);
            double sum = 0;
            for (int k = first; k < last; k++)
                sum += taps[k] * samples[(int)(start - reach + 1 + k)];
            converted[i] = (float)sum;
        }
        return converted;
    }

    /// <summary>Computes the filter weights for a position of phase/phases after a sample.</summary>
    private static float[] Taps(long phase, long phases, double scale, int reach)
    {
        float[] taps = new float[2 * reach];
        for (int k = 0; k < taps.Length; k++)
        {
            double distance = scale * (k - reach + 1 - ((double)phase / phases)), share = distance / Zeros;
            if (Math.Abs(share) >= 1)
                continue;
            double window = 0.42 + (0.5 * Math.Cos(Math.PI * share)) + (0.08 * Math.Cos(2 * Math.PI * share));
            double sinc = distance == 0 ? 1 : Math.Sin(Math.PI * distance) / (Math.PI * distance);
            taps[k] = (float)(scale * sinc * window);
        }
        return taps;
    }

    private static long GreatestDivisor(long a, long b) => b == 0 ? a : GreatestDivisor(b, a % b);
}
