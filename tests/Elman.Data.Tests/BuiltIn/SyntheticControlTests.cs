namespace Elman.Data.Tests.BuiltIn;

public class SyntheticControlTests
{
    private const int Steps = 60, Draws = 2000;

    private static double[][] Charts(int label)
    {
        var random = new SeededRandom(11);
        return [.. Enumerable.Range(0, Draws).Select(_ =>
        {
            double[] chart = new double[Steps];
            SyntheticControl.DrawChart(label, random, chart);
            return chart;
        })];
    }

    private static double MeanAt(double[][] charts, int t) => charts.Average(c => c[t]);

    [Fact]
    public void Every_series_has_60_steps_mean_0_and_variance_1() =>
        Assert.All(BuiltInData.Find("synthetic-control").Generate(60, new SeededRandom(5)), s =>
        {
            Assert.Equal((60, 1), (s.Steps, s.Channels));
            Assert.Equal(0, s.Values.ToArray().Average(v => (double)v), 1e-6);
            Assert.Equal(59, s.Values.ToArray().Sum(v => (double)v * v), 1e-4);
        });

    [Fact]
    public void Normal_is_even_noise_of_6_around_30()
    {
        double[] all = [.. Charts(0).SelectMany(c => c)];
        Assert.All(all, y => Assert.InRange(y, 24, 36));
        Assert.InRange(all.Min(), 24, 24.01);
        Assert.InRange(all.Max(), 35.99, 36);
        Assert.Equal(30, all.Average(), 0.05);
        // U(−6, 6) has variance 12²/12.
        Assert.Equal(12, all.Average(y => (y - 30) * (y - 30)), 0.1);
    }

    [Fact]
    public void Cyclic_swings_with_an_amplitude_and_a_period_of_10_to_15()
    {
        double[][] charts = Charts(1);
        Assert.All(charts, c => Assert.InRange(c[0], 24, 36));
        // a·sin(2πt/T) averaged over a, T ~ U(10, 15), by quadrature.
        foreach (int t in (int[])[3, 6, 9, 30])
        {
            double expected = 30
                + (12.5 * Enumerable.Range(0, 5000).Average(i => Math.Sin(2 * Math.PI * t / (10 + (5 * (i + 0.5) / 5000)))));
            Assert.Equal(expected, MeanAt(charts, t), 0.8);
        }
        double power = charts.Average(c => c.Skip(10).Average(y => (y - 30) * (y - 30)));
        // E a²/2 + 12, with E a² = 12.5² + 25/12.
        Assert.Equal((((12.5 * 12.5) + (25 / 12.0)) / 2) + 12, power, 2.0);
    }

    [Theory]
    [InlineData(2, 1)]
    [InlineData(3, -1)]
    public void Trends_have_a_slope_of_0_2_to_0_5(int label, int sign)
    {
        double[][] charts = Charts(label);
        Assert.Equal(30, MeanAt(charts, 0), 0.4);
        Assert.Equal(30 + (sign * 0.35 * 59), MeanAt(charts, 59), 0.6);
        double[] slopes = [.. charts.Select(c => sign * Enumerable.Range(0, Steps)
            .Sum(t => (t - 29.5) * (c[t] - 30)) / Enumerable.Range(0, Steps).Sum(t => (t - 29.5) * (t - 29.5)))];
        // The noise adds ±0.026 (one standard deviation) to a fitted slope.
        Assert.InRange(slopes.Min(), 0.08, 0.22);
        Assert.InRange(slopes.Max(), 0.48, 0.62);
        Assert.Equal(0.35, slopes.Average(), 0.01);
    }

    [Theory]
    [InlineData(4, 1)]
    [InlineData(5, -1)]
    public void Shifts_of_7_5_to_20_come_between_20_and_40(int label, int sign)
    {
        double[][] charts = Charts(label);
        Assert.All(charts, c => Assert.All(c.Take(20), y => Assert.InRange(y, 24, 36)));
        Assert.All(charts, c => Assert.All(c.Skip(40), y => Assert.InRange(sign * (y - 30), 1.5, 26)));
        Assert.Equal(30 + (sign * 13.75), MeanAt(charts, 50), 0.5);
        // Half of the shifts are over at t = 30.
        Assert.Equal(30 + (sign * 13.75 / 2), MeanAt(charts, 30), 0.6);
    }

    [Fact]
    public void Shapes_resemble_those_of_the_published_charts()
    {
        SequenceDataset published = SharedData.Read("SyntheticControl", "SyntheticControl_TRAIN.ts");
        SequenceDataset drawn = BuiltInData.Find("synthetic-control").Generate(published.Count, new SeededRandom(5));
        // The deviation of the mean of 50 charts is at most 0.14, and the same for the other charts; among trends and shifts, the nearest
        // mean is that of the same class.
        float[][] a = MeanShapes(published), b = MeanShapes(drawn);
        for (int c = 0; c < 6; c++)
        {
            Assert.InRange(Math.Sqrt(Distance(a[c], b[c]) / Steps), 0, 0.3);
            if (c >= 2)
                Assert.Equal(c, Enumerable.Range(0, 6).MinBy(other => Distance(a[c], b[other])));
        }
    }

    private static float[][] MeanShapes(SequenceDataset data)
    {
        float[][] means = [.. Enumerable.Range(0, 6).Select(_ => new float[Steps])];
        int[] counts = data.CountByClass();
        foreach (Sequence s in data)
            for (int t = 0; t < Steps; t++)
                means[s.Label][t] += s.Values.Span[t] / counts[s.Label];
        return means;
    }

    private static double Distance(float[] a, float[] b) => a.Zip(b, (x, y) => (double)(x - y) * (x - y)).Sum();
}
