namespace Elman.Data.Tests.BuiltIn;

public class CylinderBellFunnelTests
{
    private const int Draws = 4000;

    private static float[][] Draw(int label)
    {
        IDataGenerator generator = BuiltInData.Find("cylinder-bell-funnel");
        var random = new SeededRandom(13);
        return [.. Enumerable.Range(0, Draws).Select(_ => generator.Draw(label, random).Values.ToArray())];
    }

    // The mean of (6 + η)·shape + ε at t = 1 … 128, over all 17·65 pairs of a and b.
    private static double ExpectedMean(int label, int t)
    {
        double sum = 0;
        for (int a = 16; a <= 32; a++)
            for (int width = 32; width <= 96; width++)
                if (t >= a && t <= a + width)
                    sum += label == 0 ? 1 : label == 1 ? (t - a) / (double)width : (a + width - t) / (double)width;
        return 6 * sum / (17 * 65);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void The_mean_at_every_step_is_that_of_the_equation(int label)
    {
        float[][] drawn = Draw(label);
        Assert.All(drawn, s => Assert.Equal(128, s.Length));
        // The deviation is at most √(3² + 1 + 1) ≈ 3.3, so that of the mean is 0.053.
        for (int t = 1; t <= 128; t++)
            Assert.Equal(ExpectedMean(label, t), drawn.Average(s => s[t - 1]), 0.25);
    }

    [Fact]
    public void Before_the_bump_there_is_only_noise_of_variance_1()
    {
        float[] noise = [.. Draw(0).SelectMany(s => s.Take(15))];
        Assert.Equal(0, noise.Average(v => (double)v), 0.02);
        Assert.Equal(1, noise.Average(v => (double)v * v), 0.03);
    }

    [Fact]
    public void The_height_is_drawn_once_for_a_sequence()
    {
        // t = 32 … 48 lies within every cylinder. Means over these 17 steps have variance 1 + 1/17 if η is drawn
        // for each sequence, but 2/17 if it were for each step.
        double[] means = [.. Draw(0).Select(s => s.Skip(31).Take(17).Average(v => (double)v))];
        Assert.Equal(6, means.Average(), 0.08);
        Assert.Equal(1 + (1 / 17.0), means.Average(m => (m - 6) * (m - 6)), 0.1);
    }
}
