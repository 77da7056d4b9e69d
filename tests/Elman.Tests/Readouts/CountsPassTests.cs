using Elman.Kernels;
using Elman.Readouts;
using Elman.Recurrent;
using Elman.Tests.Oracles;

namespace Elman.Tests.Readouts;

/// <summary>The counts in detail, compared with plain loops.</summary>
public sealed unsafe class CountsPassTests
{
    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 0)]
    [InlineData(3, 1)]
    [InlineData(255, 64)]
    [InlineData(256, 255)]
    [InlineData(257, 256)]
    [InlineData(1000, 300)]
    public void Pieces_of_a_sequence_give_what_a_plain_loop_gives(int steps, int firstPiece)
    {
        const int Units = 19;
        var random = new SeededRandom(4);
        float[] y = [.. Enumerable.Range(0, steps * Units).Select(_ => (float)random.NextNormal())];
        float[] thresholds = [.. Enumerable.Range(0, 3 * Units).Select(_ => (float)random.NextNormal())];
        float[] features = Features(Units, thresholds, [y[..(firstPiece * Units)], y[(firstPiece * Units)..]]);
        for (int unit = 0; unit < Units; unit++)
        {
            double[] own = [.. Enumerable.Range(0, steps).Select(t => (double)y[(t * Units) + unit])];
            double[][] byThreshold = [.. Enumerable.Range(0, 3).Select(k => Plain(own, thresholds[(k * Units) + unit]))];
            double[] expected =
            [
                .. byThreshold.Select(of => of[0]), own.Average(Math.Abs), .. byThreshold.Select(of => of[1]),
                .. byThreshold.Select(of => of[2]),
                .. byThreshold.Select(of => of[3]), own.Max(), own.Min(),
            ];
            Close.Assert($"unit {unit}", expected,
                [.. Enumerable.Range(0, 15).Select(vector => (double)features[(vector * Units) + unit])], 1e-5, 1e-6);
        }
    }

    [Fact]
    public void Sums_of_a_million_steps_lose_next_to_nothing()
    {
        const int Steps = 1_000_000;
        float[] always = new float[Steps], odd = new float[Steps];
        Array.Fill(always, 0.1f);
        for (int t = 1; t < Steps; t += 2)
            odd[t] = 3;
        Check([1, 1, 1, 0.1, 0.1, 0.1, 0.1, 0.4999995, 0.4999995, 0.4999995, 1, 1, 1, 0.1, 0.1], always);
        Check([0.5, 0.5, 0.5, 1.5, 3, 3, 3, 0.5, 0.5, 0.5, 1e-6, 1e-6, 1e-6, 3, 0], odd);

        static void Check(double[] expected, float[] y) =>
            Close.Assert("features", expected, [.. Features(1, [0, 0, 0], [y]).Select(value => (double)value)], 1e-4, 0);
    }

    [Fact]
    public void Without_a_step_above_there_is_no_mean_and_no_index() =>
        Assert.Equal([0, 0, 0, 1, 0, 0, 0, -1, -1, -1, 0, 0, 0, -1, -1], Features(1, [-1, 0, 5], [[-1, -1]]));

    /// <summary>Returns the share, the mean, the mean index and the longest run.</summary>
    private static double[] Plain(double[] y, double threshold)
    {
        int[] above = [.. Enumerable.Range(0, y.Length).Where(t => y[t] > threshold)];
        int longest = 0, run = 0;
        foreach (double value in y)
            longest = Math.Max(longest, run = value > threshold ? run + 1 : 0);
        return above.Length == 0
            ? [0, 0, -1, 0]
            : [above.Length / (double)y.Length, above.Average(t => y[t]), above.Average() / y.Length, longest / (double)y.Length];
    }

    private static float[] Features(int units, float[] thresholds, float[][] pieces)
    {
        CountsLayout layout = CountsLayout.Full;
        var pass = CountsPass<float>.For(KernelCatalog.Default<float>());
        float[] state = new float[layout.StateVectors * units], features = new float[layout.FeatureVectors * units];
        long read = 0;
        fixed (float* s = state, limits = thresholds, f = features)
        {
            CountsPass<float>.Begin(layout, s, units, units);
            foreach (float[] piece in pieces)
            {
                fixed (float* y = piece)
                    pass.Take(layout, s, limits, units, y, units, piece.Length / units, units, read, firstPart: 0);
                read += piece.Length / units;
            }
            pass.Conclude(layout, s, units, f, units, units, read, isReversed: false);
        }
        return features;
    }
}
