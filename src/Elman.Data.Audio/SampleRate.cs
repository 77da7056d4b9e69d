namespace Elman.Data.Audio;

/// <summary>
/// Converts samples to another sampling rate by a sinc function in a Blackman window, 32 zeros to each side, which passes up to 83 % of
/// half the lower rate and leaves less than a thousandth of what lies above all of it. There is no delay: sample 0 stays where it is.
/// </summary>
/// <remarks>
/// Where a sample lies between others is reckoned in whole numbers. In floats, as libraries have it, a place in a minute of sound is only
/// known to a quarter of a sample.
/// </remarks>
internal static class SampleRate
{
    private const int Zeros = 32;
    private const double Cutoff = 0.92;
    private const long MostKept = 1 << 21; // coefficients

    /// <summary>The samples at another rate.</summary>
    public static float[] Convert(ReadOnlySpan<float> samples, int from, int to)
    {
        long divisor = GreatestDivisor(from, to), up = to / divisor, down = from / divisor;
        // In samples of the lower rate the sinc has a zero at each whole number, up to the cutoff.
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

    /// <summary>The filter weights for a position of phase/phases after a sample.</summary>
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
