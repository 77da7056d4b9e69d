using Elman.Kernels;
using Elman.Linear;
using Elman.Tests.Oracles;

namespace Elman.Tests.Linear;

/// <summary>
/// Layer normalisation compared with its definition, for every lane. (Its gradient is tested by the contract of cells and the fixtures.)
/// </summary>
public sealed unsafe class NormalizationPassTests
{
    public static TheoryData<string, int> SetsAndSizes =>
        new(from set in KernelCatalog.All<double>() from columns in (int[])[1, 2, 3, 15, 16, 17, 33, 100] select (set.Name, columns));

    [Theory]
    [MemberData(nameof(SetsAndSizes))]
    public void A_row_comes_out_with_mean_0_and_deviation_1_then_gain_and_shift(string set, int columns)
    {
        const int Rows = 3;
        var random = new SeededRandom(columns);
        double[] x = Draw(Rows * columns, random), gain = Draw(columns, random), shift = Draw(columns, random),
            expected = new double[x.Length];
        for (int row = 0; row < Rows; row++)
        {
            ReadOnlySpan<double> values = x.AsSpan(row * columns, columns);
            double mean = 0, variance = 0;
            foreach (double value in values)
                mean += value / columns;
            foreach (double value in values)
                variance += (value - mean) * (value - mean) / columns;
            for (int j = 0; j < columns; j++)
                expected[(row * columns) + j] = ((values[j] - mean) / Math.Sqrt(variance + 1e-5) * gain[j]) + shift[j];
        }

        fixed (double* rows = x, g = gain, s = shift)
            NormalizationPass<double>.For(KernelCatalog.Choose<double>(set))
                .Forward(rows, columns, rows, columns, null, g, s, 0, rows, columns, Rows, columns);
        Close.Assert("normalised", expected, x, relative: 1e-13, floor: 1e-13);
    }

    [Fact]
    public void A_row_of_one_value_only_comes_out_as_the_shift()
    {
        double[] x = [.. Enumerable.Repeat(1e10, 20)], gain = [.. Enumerable.Repeat(3.0, 20)],
            shift = [.. Enumerable.Range(0, 20).Select(i => (double)i)];
        fixed (double* rows = x, g = gain, s = shift)
            NormalizationPass<double>.For(KernelCatalog.Default<double>()).Forward(rows, 20, rows, 20, null, g, s, 0, rows, 20, 1, 20);
        Assert.Equal(shift, x);
    }

    [Theory]
    [MemberData(nameof(SetsAndSizes))]
    public void A_row_whose_squares_overflow_comes_out_as_NaN_and_the_next_as_usual(string set, int columns)
    {
        double[] rows = [.. Enumerable.Range(0, columns).Select(i => i % 2 == 0 ? 1e160 : -1e160),
            .. Enumerable.Range(0, columns).Select(i => (double)i)];
        double[] gain = [.. Enumerable.Repeat(1.0, columns)], shift = new double[columns];
        fixed (double* x = rows, g = gain, s = shift)
            NormalizationPass<double>.For(KernelCatalog.Choose<double>(set))
                .Forward(x, columns, x, columns, null, g, s, 0, x, columns, 2, columns);
        if (columns > 1) // of one number the variance is 0
            Assert.All(rows[..columns], value => Assert.True(double.IsNaN(value)));
        Assert.All(rows[columns..], value => Assert.True(double.IsFinite(value)));
    }

    private static double[] Draw(int count, SeededRandom random) =>
        [.. Enumerable.Range(0, count).Select(_ => 5 + (3 * random.NextNormal()))];
}
