using System.Runtime.CompilerServices;

namespace Elman.Baselines;

/// <summary>
/// The distance of two sequences whose steps may be shifted against each other: the minimum, over all warping paths from their first to
/// their last steps, of the sum of squared distances of the matched steps (H. Sakoe and S. Chiba, 1978). All channels are shifted together.
/// </summary>
/// <remarks>
/// <para>
/// The window: with n and m steps and a radius r, step i may match step j if <c>min(0, m − n) − r ≤ j − i ≤ max(0, m − n) + r</c>. With
/// equal lengths this is |i − j| ≤ r; otherwise the band contains the diagonals from both ends and r more steps on both sides, so both
/// corners are always inside.
/// </para>
/// <para>Sums are scalar, in double, each in a fixed order, so the bits are the same on every machine. No value may be NaN.</para>
/// </remarks>
internal static class DynamicTimeWarping
{
    /// <summary>The number of rows between checks for cancellation.</summary>
    private const int RowsBetweenLooks = 256;

    /// <summary>Returns the radius of a window that is a share of the longer sequence, rounded up.</summary>
    public static int Radius(int n, int m, double window) => (int)Math.Ceiling((window * Math.Max(n, m)) - 1e-9);

    /// <summary>Returns the number of pairs of steps in the window.</summary>
    public static long Cells(int n, int m, int radius)
    {
        long corner = Math.Max(0, Math.Min(n, m) - 1L - radius); // the side of each triangle outside the window
        return ((long)n * m) - (corner * (corner + 1));
    }

    /// <summary>Computes the distance, or returns infinity if it is greater than a bound.</summary>
    /// <param name="a">A sequence, <c>[n, channels]</c>.</param>
    /// <param name="b">The other sequence, <c>[m, channels]</c>.</param>
    /// <param name="channels">The number of channels.</param>
    /// <param name="radius">The radius of the window.</param>
    /// <param name="bound">The largest distance that matters.</param>
    /// <param name="row">Scratch memory of m + 1 numbers.</param>
    /// <param name="cancellationToken">Stops a long computation.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Distance(
        ReadOnlySpan<double> a, ReadOnlySpan<double> b, int channels, int radius, double bound, Span<double> row,
        CancellationToken cancellationToken)
    {
        int n = a.Length / channels, m = b.Length / channels;
        int low = Math.Min(0, m - n) - radius, high = Math.Max(0, m - n) + radius;
        row = row[..(m + 1)];
        row.Fill(double.PositiveInfinity); // row[j + 1] belongs to step j; steps outside the window stay infinite
        row[0] = 0;
        for (int i = 0; i < n; i++)
        {
            if (i % RowsBetweenLooks == RowsBetweenLooks - 1)
                cancellationToken.ThrowIfCancellationRequested();
            int first = Math.Max(0, i + low), last = Math.Min(m - 1, i + high);
            ReadOnlySpan<double> step = a.Slice(i * channels, channels);
            double least = channels == 1 ? Row(step[0], b, first, last, row) : Row(step, b, first, last, row);
            if (least > bound)
                return double.PositiveInfinity;
            row[0] = double.PositiveInfinity;
        }
        return row[m] > bound ? double.PositiveInfinity : row[m];
    }

    /// <summary>Replaces the previous row of the matrix with the next one; returns its minimum.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Row(double x, ReadOnlySpan<double> b, int first, int last, Span<double> row)
    {
        double diagonal = row[first], left = double.PositiveInfinity, least = double.PositiveInfinity;
        ReadOnlySpan<double> columns = b[first..(last + 1)];
        Span<double> places = row.Slice(first + 1, columns.Length);
        for (int j = 0; j < columns.Length; j++)
        {
            double up = places[j], difference = x - columns[j];
            double before = up < diagonal ? up : diagonal;
            before = left < before ? left : before;
            left = before + (difference * difference);
            diagonal = up;
            places[j] = left;
            least = left < least ? left : least;
        }
        return least;
    }

    /// <summary>The same for several channels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Row(ReadOnlySpan<double> step, ReadOnlySpan<double> b, int first, int last, Span<double> row)
    {
        double diagonal = row[first], left = double.PositiveInfinity, least = double.PositiveInfinity;
        Span<double> places = row.Slice(first + 1, last - first + 1);
        for (int j = 0; j < places.Length; j++)
        {
            double up = places[j], before = up < diagonal ? up : diagonal;
            before = left < before ? left : before;
            left = before + SquaredDistance(step, b.Slice((first + j) * step.Length, step.Length));
            diagonal = up;
            places[j] = left;
            least = left < least ? left : least;
        }
        return least;
    }

    /// <summary>Returns the squared distance of two steps.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double SquaredDistance(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        double sum = 0;
        for (int c = 0; c < x.Length && c < y.Length; c++)
        {
            double difference = x[c] - y[c];
            sum += difference * difference;
        }
        return sum;
    }
}
