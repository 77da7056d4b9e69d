using Elman.Evaluations;

namespace Elman.Tests.Learners;

public class CalibrationTests
{
    [Theory]
    [InlineData(1, 2)]
    [InlineData(2, 3)]
    [InlineData(400, 2)]
    [InlineData(1000, 7)]
    [InlineData(1000, 30)]
    public void Calibration_error_equals_its_definition_bin_by_bin(int cases, int classes)
    {
        var random = new SeededRandom(cases + classes);
        float[] probabilities = new float[cases * classes];
        int[] labels = [.. Enumerable.Range(0, cases).Select(_ => random.NextInt32(classes))];
        for (int i = 0; i < cases; i++)
        {
            double[] scores = [.. Enumerable.Range(0, classes).Select(_ => Math.Exp(3 * random.NextNormal()))];
            for (int c = 0; c < classes; c++)
                probabilities[(i * classes) + c] = (float)(scores[c] / scores.Sum());
        }
        Assert.Equal(ByDefinition(labels, probabilities, classes),
            FlatEvaluation.Of([.. Enumerable.Range(0, classes).Select(c => $"{c}")], labels, probabilities).CalibrationError, 1e-14);
    }

    /// <summary>
    /// The result of NumPy for the same cases:
    /// <code>
    /// edges = np.linspace(0, 1, 16)
    /// for lo, hi in zip(edges, edges[1:]):
    ///     m = (p > lo) &amp; (p &lt;= hi)
    ///     if m.any(): error += m.mean() * abs(right[m].mean() - p[m].mean())
    /// </code>
    /// </summary>
    [Theory]
    [InlineData(new[] { 0.5f, 0.55f, 0.6f, 0.65f, 0.9f, 0.95f, 1f }, "1011011", 0.3928571428571428)]
    [InlineData(new[] { 0.53f, 0.53f, 0.54f, 0.99f }, "0110", 0.377499982714653)]
    [InlineData(new[] { 0.75f, 0.75f, 0.75f, 0.75f }, "1101", 0)]
    [InlineData(new[] { 1f }, "0", 1)]
    [InlineData(new[] { 1f }, "1", 0)]
    public void Calibration_error_equals_that_of_NumPy(float[] tops, string right, double expected)
    {
        float[] probabilities = [.. tops.SelectMany(p => (float[])[p, 1 - p])];
        Assert.Equal(expected, ErrorOf([.. right.Select(answer => answer == '1' ? 0 : 1)], probabilities), 1e-14);
    }

    [Fact]
    public void Errors_of_one_bin_cancel_and_those_of_two_do_not()
    {
        Assert.Equal(0, ErrorOf([0, 1], [0.5f, 0.5f, /**/ 0.5f, 0.5f]));
        Assert.Equal(0.35, ErrorOf([0, 1], [0.8f, 0.2f, /**/ 0.5f, 0.5f]), 1e-7);
    }

    [Fact]
    public void Calibration_error_of_no_cases_is_NaN() => Assert.Equal(double.NaN, new Calibration().Error);

    private static double ErrorOf(int[] labels, float[] probabilities) =>
        FlatEvaluation.Of(["a", "b"], labels, probabilities).CalibrationError;

    private static double ByDefinition(int[] labels, float[] probabilities, int classes)
    {
        (double Top, bool Right)[] cases = [.. labels.Select((label, i) =>
        {
            float[] row = probabilities[(i * classes)..((i + 1) * classes)];
            return ((double)row.Max(), Array.IndexOf(row, row.Max()) == label);
        })];
        double error = 0;
        for (int m = 1; m <= 15; m++)
        {
            (double Top, bool Right)[] bin = [.. cases.Where(c => c.Top > (m - 1) / 15.0 && c.Top <= m / 15.0)];
            if (bin.Length > 0)
                error += (double)bin.Length / labels.Length * Math.Abs(bin.Average(c => c.Right ? 1 : 0) - bin.Average(c => c.Top));
        }
        return error;
    }
}
