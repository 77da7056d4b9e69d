using System.Runtime.CompilerServices;

namespace Elman.Baselines;

/// <summary>Lower bounds of the distance by dynamic time warping, for a fraction of its cost.</summary>
/// <remarks>
/// The bounds hold after rounding, too: a term is never greater than those of the matched pairs of steps that it stands for, sums are in
/// the order of the steps as in the matrix, and rounding is monotonic. So skipping the candidates that they exclude changes no result, not
/// even a tie.
/// </remarks>
internal static class WarpingBounds
{
    /// <summary>The cost of the first steps and the last steps, which always match (part of the bound of S. Kim and others,
    /// 2001).</summary>
    public static double OfEnds(ReadOnlySpan<double> a, ReadOnlySpan<double> b, int channels)
    {
        double first = DynamicTimeWarping.SquaredDistance(a[..channels], b[..channels]);
        return a.Length == channels && b.Length == channels
            ? first
            : first + DynamicTimeWarping.SquaredDistance(a[^channels..], b[^channels..]);
    }

    /// <summary>Computes the minimum and maximum values that each step of a sequence of equal length can match in the window.</summary>
    /// <param name="a">The sequence, <c>[n, channels]</c>.</param>
    /// <param name="channels">The number of channels.</param>
    /// <param name="radius">The radius of the window.</param>
    /// <param name="lower">Receives the minima, of the size of <paramref name="a"/>.</param>
    /// <param name="upper">Receives the maxima, of the size of <paramref name="a"/>.</param>
    public static void Envelope(ReadOnlySpan<double> a, int channels, int radius, Span<double> lower, Span<double> upper)
    {
        int n = a.Length / channels;
        for (int t = 0; t < n; t++)
        {
            int first = Math.Max(0, t - radius), last = Math.Min(n - 1, t + radius);
            for (int c = 0; c < channels; c++)
            {
                double least = double.PositiveInfinity, greatest = double.NegativeInfinity;
                for (int i = first; i <= last; i++)
                {
                    least = Math.Min(least, a[(i * channels) + c]);
                    greatest = Math.Max(greatest, a[(i * channels) + c]);
                }
                (lower[(t * channels) + c], upper[(t * channels) + c]) = (least, greatest);
            }
        }
    }

    /// <summary>Returns the distance of a sequence from an envelope (E. Keogh, 2002; for several channels T. Rath and R. Manmatha,
    /// 2002).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double OfEnvelope(ReadOnlySpan<double> b, int channels, ReadOnlySpan<double> lower, ReadOnlySpan<double> upper)
    {
        double sum = 0;
        for (int i = 0; i < b.Length; i += channels)
        {
            double step = 0;
            for (int c = i; c < i + channels; c++)
            {
                double value = b[c], outside = value > upper[c] ? value - upper[c] : value < lower[c] ? lower[c] - value : 0;
                step += outside * outside;
            }
            sum += step;
        }
        return sum;
    }
}
